package io.millrace.executor;

import static io.millrace.executor.EngineFixture.BEGIN;
import static io.millrace.executor.EngineFixture.BIGINT;
import static io.millrace.executor.EngineFixture.SECOND;
import static io.millrace.executor.EngineFixture.all;
import static io.millrace.executor.EngineFixture.columns;
import static io.millrace.executor.EngineFixture.options;
import static io.millrace.executor.EngineFixture.output;
import static io.millrace.executor.EngineFixture.row;
import static io.millrace.executor.EngineFixture.scan;
import static io.millrace.executor.EngineFixture.take;
import static io.millrace.executor.EngineFixture.windows;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.error.ErrorCode;
import io.millrace.error.MillraceException;
import io.millrace.executor.time.ManualClock;
import io.millrace.executor.view.ResultCursor;
import io.millrace.plan.Call;
import io.millrace.plan.ColumnReference;
import io.millrace.plan.Constant;
import io.millrace.plan.Expression;
import io.millrace.plan.Field;
import io.millrace.plan.FilterProject;
import io.millrace.plan.PlanNode;
import io.millrace.plan.RowType;
import io.millrace.plan.ScalarFunction;
import io.millrace.plan.StartPosition;
import io.millrace.plan.TimeAttribute;
import io.millrace.plan.Values;
import io.millrace.plan.WindowSpec;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class StreamEngineOnDiskTest {
    private static final WindowSpec HOP = WindowSpec.hop(10 * SECOND, 5 * SECOND, 0);
    private static final PlanNode WINDOWS = windows(HOP, TimeAttribute.EVENT_TIME);

    @TempDir
    Path directory;

    private final ManualClock clock = new ManualClock(BEGIN);
    private StreamEngine engine;

    @BeforeEach
    void open() {
        engine = StreamEngine.open(EngineSettings.defaults(directory), clock);
        engine.openStream(EngineFixture.stream(1, true));
    }

    @AfterEach
    void close() {
        engine.close();
    }

    private void append(List<Object[]> rows) {
        engine.append(1, columns(rows), rows.size(), null).join();
    }

    private List<List<Long>> bounded(PlanNode plan) {
        return all(engine.execute(plan, output(plan), false, StartPosition.NOW, options()));
    }

    private ResultCursor continuous(PlanNode plan, StartPosition start) {
        return engine.execute(plan, output(plan), true, start, options());
    }

    @Test
    void continuousAndBoundedResultsAgreeOverARestart() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        ResultCursor first = continuous(WINDOWS, StartPosition.NOW);
        appendRandomly(random, 30);
        List<List<Long>> closed = closed();
        assertThat(take(first, closed.size())).as("seed " + seed).isEqualTo(closed);

        engine.close();
        clock.advance(3_600 * SECOND);
        open();
        assertThat(closed()).as("seed " + seed).isEqualTo(closed);
        ResultCursor second = continuous(WINDOWS, StartPosition.NOW);
        ResultCursor whole = continuous(WINDOWS, StartPosition.BEGINNING);
        appendRandomly(random, 30);
        List<List<Long>> now = closed();
        assertThat(take(second, now.size() - closed.size()))
                .as("seed " + seed)
                .isEqualTo(now.subList(closed.size(), now.size()));
        assertThat(take(whole, now.size())).as("seed " + seed).isEqualTo(now);
    }

    private void appendRandomly(Random random, int appends) {
        long base = engine.status(1).rows() * SECOND / 20;
        for (int i = 0; i < appends; i++) {
            List<Object[]> rows = new ArrayList<>();
            for (int k = random.nextInt(50); k >= 0; k--) {
                base += random.nextInt(100_000);
                long time = BEGIN + base - random.nextInt(8) * SECOND;
                rows.add(new Object[] {time, (long) random.nextInt(3), (long) random.nextInt(100)});
            }
            append(rows);
        }
    }

    private List<List<Long>> closed() {
        long watermark = engine.status(1).watermark();
        return bounded(WINDOWS).stream().filter(row -> row.get(2) <= watermark).toList();
    }

    @Test
    void timeWhileTheEngineIsDownClosesNoWindow() {
        append(List.<Object[]>of(row(1L, 1, 10)));
        engine.close();
        clock.advance(3_600 * SECOND);
        open();
        append(List.<Object[]>of(row(2L, 1, 20)));
        assertThat(engine.status(1).lateRows()).isZero();
        assertThat(engine.status(1).watermark()).isEqualTo(BEGIN - 3 * SECOND);
    }

    @Test
    void aSecondEngineOnTheDirectoryIsRefused() {
        assertThatThrownBy(() -> StreamEngine.open(EngineSettings.defaults(directory), clock))
                .isInstanceOf(MillraceException.class);
    }

    @Test
    void aDroppedStreamLeavesNothing() {
        append(List.<Object[]>of(row(1L, 1, 10)));
        engine.dropStream(1);
        assertThat(directory.resolve("streams")).isEmptyDirectory();
        engine.openStream(EngineFixture.stream(1, false));
        assertThat(bounded(scan(1))).isEmpty();
    }

    @Test
    void anErrorInAnExpressionEndsItsQueryOnlyAfterTheRowsBefore() {
        Expression quotient =
                Call.of(ScalarFunction.DIVIDE, BIGINT, new Constant(100L, BIGINT), new ColumnReference(1, BIGINT));
        PlanNode plan =
                new FilterProject(scan(1), null, List.of(quotient), new RowType(List.of(new Field("q", BIGINT))));
        ResultCursor failing = continuous(plan, StartPosition.NOW);
        ResultCursor other = continuous(scan(1), StartPosition.NOW);
        append(List.<Object[]>of(row(1L, 1, 10)));
        engine.flush();
        append(List.<Object[]>of(row(1L, 1, 0)));
        assertThat(take(failing, 1)).containsExactly(List.of(10L));
        assertThatThrownBy(() -> EngineFixture.next(failing, 1))
                .isInstanceOfSatisfying(
                        MillraceException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.DIVISION_BY_ZERO));
        assertThat(take(other, 2)).hasSize(2);
        assertThat(engine.queries()).hasSize(1);
    }

    @Test
    void valuesNeedNoStream() {
        RowType type = new RowType(List.of(new Field("a", BIGINT), new Field("now", EngineFixture.TIMESTAMP)));
        Call now = Call.of(ScalarFunction.CURRENT_TIMESTAMP, EngineFixture.TIMESTAMP);
        Values values = new Values(
                List.of(List.of(new Constant(1L, BIGINT), now), List.of(new Constant(2L, BIGINT), now)), type);
        assertThat(bounded(values)).containsExactly(List.of(1L, BEGIN), List.of(2L, BEGIN));
    }
}
