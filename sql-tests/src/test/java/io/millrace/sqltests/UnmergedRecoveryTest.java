package io.millrace.sqltests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.error.ErrorCode;
import io.millrace.error.MillraceException;
import io.millrace.executor.checkpoint.StepLog;
import io.millrace.executor.checkpoint.StepReader;
import io.millrace.executor.checkpoint.StepRecord;
import io.millrace.executor.checkpoint.ViewChange;
import io.millrace.executor.log.ChronicleLog;
import io.millrace.executor.log.LogOptions;
import io.millrace.executor.time.ManualClock;
import io.millrace.server.Server;
import io.millrace.server.ServerSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Steps that are made again as one and then do not give what they gave: they are made again one by one. */
@Timeout(300)
class UnmergedRecoveryTest {
    private static final int STEPS = 100;

    @TempDir
    private Path directory;

    private final ManualClock clock = new ManualClock(1_767_225_600_000_000L);
    private int next;

    private interface Work {
        void on(Statement statement) throws Exception;
    }

    private void run(Path data, Work work) throws Exception {
        ServerSettings settings = ServerSettings.defaults(data).with("data.sync", "false");
        try (Server server = Server.start(settings.withPort(0), clock);
                Connection connection = DriverManager.getConnection("jdbc:millrace://127.0.0.1:" + server.port());
                Statement statement = connection.createStatement()) {
            work.on(statement);
        }
    }

    /** Makes a step of some rows; returns its position. */
    private long step(Statement statement) throws SQLException {
        int id = next++;
        statement.execute("INSERT INTO s VALUES (" + id + ", 'k" + id % 11 + "', " + (1 + id % 7) + ")");
        statement.execute("FLUSH");
        return Long.parseLong(Rows.of(statement, "SELECT MR_POSITION()").get(0));
    }

    private void create(Statement statement) throws Exception {
        statement.execute("CREATE STREAM s (id BIGINT, k VARCHAR, v BIGINT)");
        statement.execute(
                "CREATE MATERIALIZED VIEW counts AS SELECT k, COUNT(*) AS n, SUM(v) AS total FROM s GROUP BY k");
        statement.execute("CREATE MATERIALIZED VIEW shares AS SELECT k, 1000 / SUM(v) AS share FROM s GROUP BY k");
        statement.execute("CREATE MATERIALIZED VIEW parts AS SELECT id, 60 / (v - 100) AS part FROM s");
        step(statement);
        check(statement, "counts", "shares", "parts");
    }

    private void checkpoint() throws Exception {
        clock.advance(Duration.ofSeconds(11).toNanos() / 1_000);
        Path checkpoints = directory.resolve("data/checkpoints");
        for (boolean isThere = false; !isThere; ) {
            if (Files.isDirectory(checkpoints)) {
                try (Stream<Path> files = Files.list(checkpoints)) {
                    isThere =
                            files.anyMatch(file -> file.getFileName().toString().matches("checkpoint-\\d+"));
                }
            }
        }
    }

    /** The directory, as if the server had been killed now. */
    private void copy() throws IOException {
        Path copy = directory.resolve("copy");
        try (Stream<Path> files = Files.walk(directory.resolve("data"))) {
            for (Path file : files.toList()) {
                Files.copy(file, copy.resolve(directory.resolve("data").relativize(file)));
            }
        }
    }

    /** The views have what their queries give. */
    private static void check(Statement statement, String... views) throws SQLException {
        for (String view : views) {
            String query = Rows.of(statement, "SELECT definition FROM sys.views WHERE name = '" + view + "'")
                    .get(0);
            assertThat(sorted(statement, "SELECT * FROM " + view))
                    .as(view)
                    .isEqualTo(sorted(statement, query.substring(query.indexOf("SELECT"))));
        }
    }

    private static List<String> sorted(Statement statement, String query) throws SQLException {
        List<String> rows = Rows.of(statement, query);
        Collections.sort(rows);
        return rows;
    }

    private static void checkFails(Statement statement, String view) {
        assertThatThrownBy(() -> Rows.of(statement, "SELECT * FROM " + view))
                .isInstanceOfSatisfying(
                        SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("22012"));
    }

    @Test
    void aStepThatGivesSomethingElseIsNamedAndNotThoseItWasMadeWith() throws Exception {
        long[] wrong = new long[1];
        run(directory.resolve("data"), statement -> {
            create(statement);
            checkpoint();
            for (int i = 0; i < STEPS; i++) {
                long position = step(statement);
                wrong[0] = i == STEPS / 3 ? position : wrong[0];
            }
            copy();
        });
        alter(directory.resolve("copy/steps"), wrong[0]);
        assertThatThrownBy(() -> run(directory.resolve("copy"), statement -> {}))
                .isInstanceOfSatisfying(
                        MillraceException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.DATA_CORRUPTED))
                .hasMessageContaining("step " + wrong[0] + ", made again, changes view number")
                .hasMessageContaining("by 2 rows");
    }

    /** Writes the log of steps anew, with another hash of what one of them changed. */
    private void alter(Path steps, long position) throws IOException {
        Path old = steps.resolveSibling("steps-before");
        Files.move(steps, old);
        int altered = 0;
        try (StepLog from = new StepLog(ChronicleLog.open(old, options()));
                StepLog to = new StepLog(ChronicleLog.open(steps, options()));
                StepReader reader = from.reader(0)) {
            for (StepRecord step = reader.next(); step != null; step = reader.next()) {
                List<ViewChange> before = new ArrayList<>();
                for (ViewChange change : step.before()) {
                    boolean isWrong = step.position() == position + 1;
                    altered += isWrong ? 1 : 0;
                    before.add(isWrong ? new ViewChange(change.viewId(), change.rows(), change.hash() + 1) : change);
                }
                to.append(new StepRecord(step.position(), step.time(), step.catalog(), step.ends(), before))
                        .join();
            }
        }
        assertThat(altered).isPositive();
    }

    private LogOptions options() {
        return new LogOptions(
                StepLog.DEFINITION.name(), StepLog.DEFINITION.columnTypes(), StepLog.TIME_COLUMN, null, false, clock);
    }

    @Test
    void aViewThatFailedBetweenAndWasMendedIsThere() throws Exception {
        run(directory.resolve("data"), statement -> {
            create(statement);
            checkpoint();
            for (int i = 0; i < STEPS; i++) {
                step(statement);
            }
            statement.execute("INSERT INTO s VALUES (0, 'zero', 10)");
            statement.execute("FLUSH");
            statement.execute("INSERT INTO s VALUES (0, 'zero', -10)");
            checkFails(statement, "shares"); // as those of all these steps at once it would not
            statement.execute("INSERT INTO s VALUES (0, 'zero', 5)");
            check(statement, "counts", "shares", "parts");
            for (int i = 0; i < STEPS; i++) {
                step(statement);
            }
            copy();
        });
        restart("counts", "shares", "parts");
    }

    @Test
    void aViewThatHasFailedFailsAndTheOthersAreThere() throws Exception {
        run(directory.resolve("data"), statement -> {
            create(statement);
            checkpoint();
            for (int i = 0; i < STEPS; i++) {
                step(statement);
            }
            statement.execute("INSERT INTO s VALUES (0, 'x', 100)");
            checkFails(statement, "parts");
            for (int i = 0; i < STEPS; i++) {
                step(statement);
            }
            copy();
        });
        restart("counts", "shares");
        run(directory.resolve("copy"), statement -> checkFails(statement, "parts"));
    }

    private void restart(String... views) throws Exception {
        run(directory.resolve("copy"), statement -> {
            assertThat(Long.parseLong(Rows.of(statement, "SELECT repeated_steps FROM sys.recovery")
                            .get(0)))
                    .isGreaterThan(STEPS);
            check(statement, views);
            step(statement);
            check(statement, views);
        });
        run(directory.resolve("copy"), statement -> check(statement, views));
    }
}
