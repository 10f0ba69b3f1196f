package io.millrace.executor;

import static io.millrace.executor.EngineFixture.BEGIN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.error.ErrorCode;
import io.millrace.error.MillraceException;
import io.millrace.executor.dataflow.HistoryNeed;
import io.millrace.executor.dataflow.Published;
import io.millrace.executor.dataflow.ViewPlan;
import io.millrace.executor.log.BlockStore;
import io.millrace.executor.log.Disk;
import io.millrace.executor.time.ManualClock;
import io.millrace.executor.view.ResultCursor;
import io.millrace.executor.work.PlatformThreads;
import io.millrace.plan.PlanNode;
import io.millrace.plan.StandingQuery;
import io.millrace.plan.SubscriptionSpec;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.function.LongSupplier;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Views whose steps find no room on the disk, while that of the rows has some. */
@Timeout(60)
class FullDiskViewsTest {
    private static final long VIEW = 100;
    private static final PlanNode ROWS = EngineFixture.scan(1);

    @TempDir
    Path directory;

    private final ManualClock clock = new ManualClock(BEGIN);
    private final StepsDisk disk = new StepsDisk();
    private StreamEngine engine;

    /** A disk that is full for the log of the steps. */
    private static final class StepsDisk implements Disk {
        volatile boolean isFull;

        @Override
        public long usableBytes(Path directory) throws IOException {
            return isFull && directory.endsWith("steps") ? 0 : LOCAL.usableBytes(directory);
        }

        @Override
        public long totalBytes(Path directory) {
            return 1L << 30;
        }

        @Override
        public void force(FileChannel file) throws IOException {
            LOCAL.force(file);
        }

        @Override
        public void written(long lsn) {}

        @Override
        public BlockStore.Opener stores(LongSupplier millis) {
            return LOCAL.stores(millis);
        }
    }

    @BeforeEach
    void open() {
        engine = StreamEngine.open(
                EngineSettings.defaults(directory), new Host(clock, new PlatformThreads(), disk), failure -> {});
        engine.openStream(EngineFixture.stream(1, true));
        engine.views().recover(List.of(copy(VIEW)));
        if (engine.views().status(VIEW) == null) {
            engine.views().installWaiting(List.of(copy(VIEW)));
        }
    }

    @AfterEach
    void close() {
        engine.close();
    }

    private void reopen() {
        engine.close();
        open();
    }

    private static ViewPlan copy(long id) {
        return new ViewPlan(id, "v" + id, new StandingQuery(ROWS, true, null));
    }

    private void append(long key) {
        List<Object[]> rows = List.<Object[]>of(EngineFixture.row(1L, key, key));
        engine.append(1, EngineFixture.columns(rows), 1, null).join();
    }

    private static long rows(Published published, long view) {
        return Objects.requireNonNull(published.views().get(view)).rows();
    }

    private long rowsNow() {
        engine.flush();
        return rows(engine.views().position(Set.of(VIEW), 0).join(), VIEW);
    }

    private void assertRefused(ThrowingCallable work) {
        long position = engine.views().published().position();
        assertThatThrownBy(work).satisfies(thrown -> {
            Throwable cause = thrown instanceof CompletionException ? thrown.getCause() : thrown;
            assertThat(cause).isInstanceOfSatisfying(MillraceException.class, refused -> {
                assertThat(refused.code()).isEqualTo(ErrorCode.DISK_FULL);
                assertThat(refused.primary())
                        .startsWith("the views wait at position " + position + ": no space for stream \"steps\"");
                assertThat(refused.hint()).contains("Free some space");
            });
        });
    }

    private ResultCursor follow(long view) {
        return engine.subscribe(
                new StandingQuery(ROWS, true, null),
                EngineFixture.output(ROWS),
                SubscriptionSpec.everyStepAfter(0),
                view,
                EngineFixture.options());
    }

    /** The views have taken one row, and another is there that they cannot take. */
    private void fill() {
        append(1);
        assertThat(rowsNow()).isEqualTo(1);
        disk.isFull = true;
        append(2);
    }

    @Test
    void whoeverNeedsAStepIsToldAndWhatIsThereIsShown() {
        fill();
        assertRefused(() -> engine.flush());
        assertRefused(() -> engine.pin());
        assertRefused(() -> engine.views().install(List.of(copy(VIEW + 1))));
        assertThat(engine.views().status(VIEW + 1)).isNull();
        assertRefused(() -> engine.views().mark(VIEW + 2));
        assertThat(rows(engine.views().position(Set.of(VIEW), 0).join(), VIEW)).isEqualTo(1);

        disk.isFull = false;
        assertThat(rowsNow()).isEqualTo(2);
        engine.views().install(List.of(copy(VIEW + 1)));
        engine.flush();
        Published both = engine.views().position(Set.of(VIEW + 1), 0).join();
        assertThat(rows(both, VIEW + 1)).isEqualTo(2);
    }

    @Test
    void viewsGoFollowersEndAndLogsAreTrimmedAllTheSame() {
        engine.views().installWaiting(List.of(copy(VIEW + 1)));
        fill();
        assertRefused(() -> engine.flush());
        ResultCursor resumed = follow(VIEW); // goes on after a position, and waits
        resumed.close();
        assertThat(engine.views().release(Map.of(), List.<HistoryNeed>of(), 0)).isEmpty();
        engine.views().remove(List.of(VIEW + 1));
        assertThat(engine.views().status(VIEW + 1)).isNull();
        assertThat(rows(engine.views().position(Set.of(VIEW), 0).join(), VIEW)).isEqualTo(1);

        disk.isFull = false;
        assertThat(rowsNow()).isEqualTo(2);
    }

    @Test
    void afterARestartAllCanBeReadWhenNothingIsNew() {
        append(1);
        assertThat(rowsNow()).isEqualTo(1);
        disk.isFull = true;
        reopen();
        assertThat(rowsNow()).isEqualTo(1);
        append(2);
        assertRefused(() -> engine.flush());
        reopen(); // the second row is in no step
        assertRefused(() -> engine.flush());

        disk.isFull = false;
        assertThat(rowsNow()).isEqualTo(2);
        reopen();
        assertThat(rowsNow()).isEqualTo(2);
    }

    @Test
    void viewsThatAreComputedAnewAtAStartWait() {
        append(1);
        assertThat(rowsNow()).isEqualTo(1);
        engine.views().remove(List.of(VIEW));
        disk.isFull = true;
        append(2);
        reopen();
        assertRefused(() -> engine.flush());
        assertThat(engine.views().status(VIEW)).isNotNull();

        disk.isFull = false;
        assertThat(rowsNow()).isEqualTo(2);
    }
}
