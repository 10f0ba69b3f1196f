package io.millrace.sqltests;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.executor.time.ManualClock;
import io.millrace.server.Server;
import io.millrace.server.ServerSettings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Views that put the rows of one log into groups: after a crash many of their steps are made again as one. */
@Timeout(300)
class MergedRecoveryTest {
    private static final List<String> VIEWS = List.of(
            "SELECT k, COUNT(*) AS n, SUM(v) AS total, MAX(v) AS most FROM s GROUP BY k",
            "SELECT k, n FROM (SELECT k, COUNT(*) AS n FROM s WHERE v % 3 = 0 GROUP BY k) WHERE n > 2",
            "SELECT id, v FROM s WHERE v % 7 = 0");
    private static final int STEPS = 300;

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

    private void write(Statement statement) throws SQLException {
        int id = next++;
        statement.execute("INSERT INTO s VALUES (" + id + ", 'k" + id % 11 + "', " + id * 37 % 1_000 + ")");
        statement.execute("SELECT * FROM v0"); // waits for its step
    }

    private static List<String> sorted(Statement statement, String query) throws SQLException {
        List<String> rows = Rows.of(statement, query);
        Collections.sort(rows);
        return rows;
    }

    private static void check(Statement statement) throws SQLException {
        for (int i = 0; i < VIEWS.size(); i++) {
            assertThat(sorted(statement, "SELECT * FROM v" + i)).isEqualTo(sorted(statement, VIEWS.get(i)));
        }
    }

    private Path copy() throws Exception {
        Path copy = directory.resolve("copy");
        try (Stream<Path> files = Files.walk(directory.resolve("data"))) {
            for (Path file : files.toList()) {
                Files.copy(file, copy.resolve(directory.resolve("data").relativize(file)));
            }
        }
        return copy;
    }

    @Test
    void whatTheyHadIsThereAndThoseWhoComeBackAreGivenTheRest() throws Exception {
        long[] positions = new long[STEPS];
        run(directory.resolve("data"), statement -> {
            statement.execute("CREATE STREAM s (id BIGINT, k VARCHAR, v BIGINT)");
            for (int i = 0; i < VIEWS.size(); i++) {
                statement.execute("CREATE MATERIALIZED VIEW v" + i + " AS " + VIEWS.get(i));
            }
            write(statement);
            clock.advance(Duration.ofSeconds(11).toNanos() / 1_000);
            awaitCheckpoint();
            for (int i = 0; i < STEPS; i++) {
                write(statement);
                positions[i] = number(statement, "SELECT MR_POSITION()");
            }
            copy();
        });
        run(directory.resolve("copy"), statement -> {
            assertThat(number(statement, "SELECT repeated_steps FROM sys.recovery"))
                    .isGreaterThanOrEqualTo(STEPS);
            check(statement);
            for (int i : new int[] {0, STEPS / 2 + 13, STEPS - 2}) {
                follow(statement, positions[i], i);
            }
            write(statement);
            check(statement);
        });
    }

    /** More groups than one part has: the rows are changed while the next part is read. */
    @Test
    void manyGroupsGiveTheirResultsInParts() throws Exception {
        String rows = "SELECT MOD((a.x * 1000 + b.x) * 7919, 600000) AS k, a.x - b.x AS v FROM d AS a, d AS b";
        String sums =
                "SELECT COUNT(*), SUM(n), SUM(total), SUM(MOD(n * k, 1000003)), SUM(MOD(k * total, 1000003)) FROM ";
        run(directory.resolve("data"), statement -> {
            statement.execute("CREATE TABLE d (x BIGINT PRIMARY KEY)");
            for (int i = 0; i < 1_000; i++) {
                statement.addBatch("INSERT INTO d VALUES (" + i + ")");
            }
            statement.executeBatch();
            statement.execute("CREATE STREAM s (k BIGINT, v BIGINT)");
            statement.execute(
                    "CREATE MATERIALIZED VIEW v AS SELECT k, COUNT(*) AS n, SUM(v) AS total FROM s GROUP BY k");
            statement.execute("INSERT INTO s " + rows);
            statement.execute("FLUSH");
            clock.advance(Duration.ofSeconds(11).toNanos() / 1_000);
            awaitCheckpoint();
            for (int i = 0; i < 4; i++) {
                statement.execute("INSERT INTO s " + rows + " WHERE MOD(a.x, 5) <> " + i);
                statement.execute("FLUSH");
            }
            copy();
        });
        run(directory.resolve("copy"), statement -> {
            assertThat(number(statement, "SELECT repeated_steps FROM sys.recovery"))
                    .isGreaterThanOrEqualTo(4);
            assertThat(Rows.of(statement, sums + "v"))
                    .isEqualTo(Rows.of(
                            statement, sums + "(SELECT k, COUNT(*) AS n, SUM(v) AS total FROM s GROUP BY k) AS q"));
            statement.execute("INSERT INTO s VALUES (1, 5)");
            assertThat(Rows.of(statement, "SELECT * FROM v WHERE k = 1"))
                    .isEqualTo(Rows.of(statement, "SELECT k, COUNT(*), SUM(v) FROM s WHERE k = 1 GROUP BY k"));
        });
        run(
                directory.resolve("copy"),
                statement -> assertThat(Rows.of(statement, sums + "v"))
                        .isEqualTo(Rows.of(
                                statement,
                                sums + "(SELECT k, COUNT(*) AS n, SUM(v) AS total FROM s GROUP BY k) AS q")));
    }

    private void awaitCheckpoint() throws Exception {
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

    private static long number(Statement statement, String query) throws SQLException {
        return Long.parseLong(Rows.of(statement, query).get(0));
    }

    /** The counts after a position, as the changes tell them, are those of the view. */
    private void follow(Statement statement, long position, int step) throws SQLException {
        Map<String, Long> counts = new HashMap<>();
        for (int id = 0; id <= step + 1; id++) {
            counts.merge("k" + id % 11, 1L, Long::sum);
        }
        int changes = 0;
        try (ResultSet rows = statement.executeQuery("SUBSCRIBE v0 SINCE AFTER POSITION " + position)) {
            while (changes < STEPS - 1 - step && rows.next()) {
                String operation = rows.getString("mr_op");
                String key = rows.getString("k");
                if (operation.equals("-U")) {
                    assertThat(rows.getLong("n")).isEqualTo(counts.get(key));
                } else if (operation.equals("+U") || operation.equals("+I")) {
                    assertThat(rows.getLong("n")).isEqualTo(counts.merge(key, 1L, Long::sum));
                    changes++;
                }
            }
        }
        for (Map.Entry<String, Long> count : counts.entrySet()) {
            assertThat(number(statement, "SELECT n FROM v0 WHERE k = '" + count.getKey() + "'"))
                    .isEqualTo(count.getValue());
        }
    }
}
