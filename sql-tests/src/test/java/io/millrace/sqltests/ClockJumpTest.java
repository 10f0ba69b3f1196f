package io.millrace.sqltests;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.executor.checkpoint.StepLog;
import io.millrace.executor.checkpoint.StepReader;
import io.millrace.executor.checkpoint.StepRecord;
import io.millrace.executor.log.ChronicleLog;
import io.millrace.executor.log.LogOptions;
import io.millrace.executor.time.EngineClock;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The machine's clock is set back and forth while the server runs, and while it does not. */
@Timeout(300)
class ClockJumpTest {
    private static final long START = 1_767_225_600_000_000L;

    @TempDir
    private Path data;

    private final JumpingClock clock = new JumpingClock();

    /** A clock that can be set to any time. */
    private static final class JumpingClock implements EngineClock {
        private final AtomicLong micros = new AtomicLong(START);
        private final AtomicLong nanos = new AtomicLong();
        private final List<Runnable> listeners = new CopyOnWriteArrayList<>();

        void jump(Duration by) {
            micros.addAndGet(by.toNanos() / 1_000);
            nanos.addAndGet(1_000_000);
            listeners.forEach(Runnable::run);
        }

        @Override
        public long epochMicros() {
            return micros.get();
        }

        @Override
        public long nanoTime() {
            return nanos.get();
        }

        @Override
        public AutoCloseable onAdvance(Runnable listener) {
            listeners.add(listener);
            return () -> listeners.remove(listener);
        }
    }

    @Test
    void reordersNothingAndOpensNoWindowAgain() throws Exception {
        List<Duration> jumps = List.of(
                Duration.ofSeconds(12),
                Duration.ofHours(-5),
                Duration.ofSeconds(7),
                Duration.ofHours(6),
                Duration.ofDays(-2),
                Duration.ofDays(3));
        int written = 0;
        for (int run = 0; run < 2; run++) {
            try (LocalServer server = new LocalServer(data, clock);
                    Connection connection = server.connect("");
                    Statement statement = connection.createStatement()) {
                if (run == 0) {
                    server.run(
                            "CREATE STREAM s (id BIGINT)", "CREATE MATERIALIZED VIEW v AS SELECT COUNT(*) AS n FROM s");
                }
                for (Duration jump : jumps) {
                    server.run("INSERT INTO s VALUES (" + written++ + ")", "INSERT INTO s VALUES (" + written++ + ")");
                    assertThat(server.rows("SELECT n FROM v")).containsExactly("" + written);
                    clock.jump(jump);
                }
                assertThat(server.rows("SELECT id FROM s")).isEqualTo(numbers(written));
                assertInOrder(server.rows("SELECT rowtime FROM s"));
                clock.jump(Duration.ofDays(10));
                windows(statement, written);
                clock.jump(Duration.ofDays(-20));
            }
        }
        assertStepsInOrder();
    }

    /** Each window comes once, in the order of time, and all rows are in one. */
    private static void windows(Statement statement, int rows) throws Exception {
        try (ResultSet windows = statement.executeQuery(
                "SELECT window_end, COUNT(*) AS n FROM s WINDOW TUMBLE(5s) WHERE id >= 0 SINCE BEGINNING")) {
            List<String> ends = new ArrayList<>();
            long counted = 0;
            while (counted < rows) {
                assertThat(windows.next()).isTrue();
                ends.add(windows.getString(1));
                counted += windows.getLong(2);
            }
            assertThat(counted).isEqualTo(rows);
            assertInOrder(ends);
            assertThat(new HashSet<>(ends)).hasSameSizeAs(ends);
        }
    }

    private static void assertInOrder(List<String> times) {
        assertThat(times).isSorted();
    }

    private static List<String> numbers(int count) {
        List<String> numbers = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            numbers.add(Integer.toString(i));
        }
        return numbers;
    }

    private void assertStepsInOrder() {
        LogOptions options =
                new LogOptions("steps", StepLog.DEFINITION.columnTypes(), StepLog.TIME_COLUMN, null, true, clock);
        long position = 0;
        long time = Long.MIN_VALUE;
        try (StepLog steps = new StepLog(ChronicleLog.open(data.resolve("steps"), options));
                StepReader reader = steps.reader(0)) {
            for (StepRecord step = reader.next(); step != null; step = reader.next()) {
                assertThat(step.position()).isGreaterThan(position);
                assertThat(step.time()).isGreaterThanOrEqualTo(time);
                position = step.position();
                time = step.time();
            }
        }
        assertThat(position).isGreaterThan(20);
    }
}
