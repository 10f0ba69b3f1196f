package io.millrace.sqltests;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.executor.time.ManualClock;
import io.millrace.server.Server;
import io.millrace.server.ServerSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A copy of the data directory of a running server is what a crash leaves. A server that is started on it gives the same answers,
 * whatever has happened to its checkpoints.
 */
@Timeout(300)
class CheckpointRecoveryTest {
    private static final List<String> VIEWS = List.of(
            "SELECT g, COUNT(*) AS n, SUM(v) AS total, AVG(v) AS mean FROM t GROUP BY g",
            "SELECT n, COUNT(*) AS groups FROM v0 GROUP BY n",
            "SELECT id, g, v FROM t WHERE v > 500",
            "SELECT v FROM t",
            "SELECT t.id, names.name FROM t JOIN names ON t.g = names.g",
            "SELECT names.name, v0.total FROM names LEFT JOIN v0 ON v0.g = names.g",
            "SELECT g FROM t EXCEPT SELECT g FROM names",
            "SELECT k, window_start, COUNT(*) AS n FROM TABLE(HOP(TABLE s, DESCRIPTOR(ts), INTERVAL '5' SECOND, "
                    + "INTERVAL '10' SECOND)) GROUP BY k, window_start, window_end",
            "SELECT COUNT(*) AS n FROM s",
            "SELECT s.k, s.ts, names.g FROM s LEFT JOIN names ON names.name = s.k",
            "SELECT k, ts FROM s WHERE k IN (SELECT name FROM names)",
            "SELECT k, ts FROM s WHERE NOT EXISTS (SELECT 1 FROM names WHERE names.name = s.k)",
            "SELECT t.id, n.name FROM t FULL JOIN names n ON t.g = n.g AND t.v > 300",
            "SELECT g, MIN(v) AS least, MAX(name) AS most FROM (SELECT t.g, v, names.name FROM t JOIN names ON "
                    + "t.g = names.g) AS q GROUP BY g",
            "SELECT g, LISTAGG(DISTINCT name, ',') AS list, ARRAY_AGG(name) AS names FROM names GROUP BY g",
            "SELECT v / 100 AS h, ARG_MIN(id, v) AS least, ARG_MAX(g, v) AS most, BIT_AND(v) AS bits FROM t GROUP BY v / 100",
            "SELECT COUNT(DISTINCT g) AS c, SUM(DISTINCT v) AS s, COUNT(DISTINCT v) FILTER (WHERE g > 2) AS f FROM t",
            "SELECT g, AVG(v / 3e0) AS mean, STDDEV_SAMP(v * 1e300) AS wide, SUM(1e300 * v * 1e3) AS huge FROM t GROUP BY g",
            "SELECT k, COUNT(DISTINCT ts) AS c, MIN(k || ' and more than fifteen bytes') AS m, ARG_MAX(k, ts) AS a FROM s "
                    + "GROUP BY k",
            "SELECT APPROX_COUNT_DISTINCT(ts) AS c, APPROX_PERCENTILE(EXTRACT(SECOND FROM ts), 0.5) AS p FROM s",
            "SELECT k, window_start, window_end, COUNT(*) AS n, COUNT(DISTINCT ts) AS c FROM TABLE(SESSION(TABLE s "
                    + "PARTITION BY k, DESCRIPTOR(ts), INTERVAL '2' SECOND)) GROUP BY k, window_start, window_end",
            "SELECT k, ts, window_start FROM TABLE(SESSION(TABLE s PARTITION BY k, DESCRIPTOR(ts), INTERVAL '2' SECOND))",
            "SELECT g, COUNT(*) AS n, MAX(v) AS most FROM due GROUP BY g, SESSION(ts, INTERVAL '40' SECOND)",
            "SELECT id, window_start FROM TABLE(SESSION(TABLE due PARTITION BY g, DESCRIPTOR(ts), INTERVAL '40' SECOND))",
            "SELECT id, (SELECT name FROM names WHERE g = 1) AS name FROM t WHERE v < 500",
            "SELECT g, v / 100 AS h, COUNT(*) AS n FROM t GROUP BY ROLLUP(g, v / 100)");

    @TempDir
    private Path directory;

    private final ManualClock clock = new ManualClock(1_767_225_600_000_000L);
    private Server server;
    private Connection connection;
    private Statement statement;
    private int next;
    private int copies;

    @BeforeEach
    void begin() throws SQLException {
        open(directory.resolve("data"));
        statement.execute("CREATE TABLE t (id INT PRIMARY KEY, g INT, v INT)");
        statement.execute("CREATE TABLE names (g INT, name VARCHAR)");
        statement.execute("CREATE TABLE due (id INT PRIMARY KEY, g INT, v INT, ts TIMESTAMP(3))");
        statement.execute("CREATE STREAM s (k VARCHAR, ts TIMESTAMP(3), WATERMARK FOR ts AS ts - INTERVAL '2' SECOND)");
        for (int i = 0; i < VIEWS.size(); i++) {
            statement.execute("CREATE MATERIALIZED VIEW v" + i + " AS " + VIEWS.get(i));
        }
        statement.execute(
                "INSERT INTO names VALUES (1, 'a name of more than fifteen bytes'), (2, NULL), (3, 'c'), (3, 'd')");
    }

    @AfterEach
    void end() throws SQLException {
        connection.close();
        server.close();
    }

    private void open(Path data, String... settings) throws SQLException {
        ServerSettings all = ServerSettings.defaults(data).withPort(0);
        for (int i = 0; i < settings.length; i += 2) {
            all = all.with(settings[i], settings[i + 1]);
        }
        server = Server.start(all, clock);
        connection = DriverManager.getConnection("jdbc:millrace://127.0.0.1:" + server.port());
        statement = connection.createStatement();
    }

    /** Rows come, change and go. */
    private void write(int rounds) throws SQLException {
        for (int i = 0; i < rounds; i++) {
            int id = next++;
            statement.execute("INSERT INTO t VALUES (" + id + ", " + id % 5 + ", " + id * 37 % 1000 + ")");
            statement.execute("INSERT INTO s VALUES ('k" + id % 3 + "', TIMESTAMP '2026-01-01 00:00:"
                    + String.format("%02d", id % 60) + "')");
            statement.execute("INSERT INTO due VALUES (" + id + ", " + id % 2 + ", " + id % 7
                    + ", TIMESTAMP '2026-01-01 00:" + String.format("%02d", id * 7 % 60) + ":00')");
            if (id % 3 == 0) {
                statement.execute("DELETE FROM due WHERE id = " + id / 2);
                statement.execute("UPDATE t SET v = v + 100, g = g + 1 WHERE id = " + id / 2);
            }
            if (id % 5 == 0) {
                statement.execute("INSERT INTO names VALUES (" + (10 + id % 7) + ", 'k" + id % 3 + "')");
            }
            if (id % 6 == 0) {
                statement.execute("DELETE FROM names WHERE name = 'k" + id % 4 + "'");
            }
            if (id % 4 == 0) {
                statement.execute("DELETE FROM t WHERE id = " + id / 3);
            }
        }
    }

    private List<List<String>> answers() throws SQLException {
        List<List<String>> answers = new ArrayList<>();
        for (int i = 0; i < VIEWS.size(); i++) {
            List<String> rows = Rows.of(statement, "SELECT * FROM v" + i);
            Collections.sort(rows);
            answers.add(rows);
        }
        return answers;
    }

    private void checkpoint() throws Exception {
        List<Path> before = checkpoints(directory.resolve("data"));
        clock.advance(Duration.ofSeconds(11).toNanos() / 1_000);
        while (checkpoints(directory.resolve("data")).equals(before)) {
            Thread.onSpinWait();
        }
    }

    /** The oldest first. */
    private static List<Path> checkpoints(Path data) throws IOException {
        Path checkpoints = data.resolve("checkpoints");
        if (!Files.isDirectory(checkpoints)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(checkpoints)) {
            return files.filter(file -> !file.toString().endsWith(".tmp"))
                    .sorted()
                    .toList();
        }
    }

    private Path copy() throws IOException {
        Path data = directory.resolve("data");
        Path copy = directory.resolve("copy" + ++copies);
        try (Stream<Path> files = Files.walk(data)) {
            for (Path file : files.toList()) {
                Path to = copy.resolve(data.relativize(file));
                if (Files.isDirectory(file)) {
                    Files.createDirectories(to);
                } else if (!file.toString().endsWith(".tmp")) { // those come and go
                    Files.copy(file, to, StandardCopyOption.REPLACE_EXISTING);
                }
            }
        }
        return copy;
    }

    private void restart(Path data) throws SQLException {
        end();
        open(data);
    }

    /** How many views were there before they were filled. */
    private int restored() throws SQLException {
        List<String> row = Rows.of(statement, "SELECT restored_views FROM sys.recovery");
        return Integer.parseInt(row.get(0));
    }

    @Test
    void viewsAreThereAsOfTheCheckpointAndWhatCameSince() throws Exception {
        write(40);
        checkpoint();
        write(20);
        checkpoint(); // adds to the first
        write(30);
        List<List<String>> answers = answers();
        Path crashed = copy();
        restart(crashed);
        assertThat(restored()).isEqualTo(VIEWS.size());
        assertThat(answers()).isEqualTo(answers);
        write(10);
        answers = answers();
        restart(crashed); // after a clean end
        assertThat(answers()).isEqualTo(answers);
        for (int i = 0; i < VIEWS.size(); i++) {
            assertThat(Rows.of(statement, "SELECT COUNT(*) FROM v" + i))
                    .isEqualTo(Rows.of(statement, "SELECT COUNT(*) FROM (" + VIEWS.get(i) + ")"));
        }
    }

    @Test
    void aDamagedCheckpointGivesWayToTheOneBefore() throws Exception {
        write(30);
        checkpoint();
        write(20);
        checkpoint();
        write(5);
        List<List<String>> answers = answers();
        Path crashed = copy();
        damageNewest(crashed);
        restart(crashed);
        assertThat(restored()).isEqualTo(VIEWS.size());
        assertThat(answers()).isEqualTo(answers);
    }

    private static Path damageNewest(Path data) throws IOException {
        List<Path> files = checkpoints(data);
        assertThat(files).hasSizeGreaterThanOrEqualTo(2);
        Path newest = files.get(files.size() - 1);
        byte[] content = Files.readAllBytes(newest);
        content[content.length / 2] ^= 4;
        Files.write(newest, content);
        return newest;
    }

    @Test
    void aDamagedCheckpointGivesWayToANewOneOfItsPosition() throws Exception {
        write(30);
        checkpoint();
        write(20);
        Rows.of(statement, "SELECT * FROM v0");
        checkpoint();
        List<List<String>> answers = answers();
        Path crashed = copy();
        Path damaged = damageNewest(crashed);
        byte[] content = Files.readAllBytes(damaged);
        restart(crashed); // nothing is written, so that there is no further step
        assertThat(Rows.of(statement, "SELECT checkpoint FROM sys.recovery")).isNotEqualTo(List.of(position(damaged)));
        restart(crashed);
        assertThat(checkpoints(crashed)).endsWith(damaged);
        assertThat(Files.readAllBytes(damaged)).isNotEqualTo(content);
        assertThat(Rows.of(statement, "SELECT checkpoint FROM sys.recovery")).containsExactly(position(damaged));
        assertThat(restored()).isEqualTo(VIEWS.size());
        assertThat(answers()).isEqualTo(answers);
    }

    private static String position(Path checkpoint) {
        String name = checkpoint.getFileName().toString();
        return Long.toString(Long.parseLong(name.substring(name.indexOf('-') + 1)));
    }

    /** What comes since the last one would take long to repeat. */
    @Test
    void aCheckpointComesSoonerWhenMuchHasCome() throws Exception {
        end();
        Path data = directory.resolve("data");
        open(data, "checkpoint.input", "10KiB");
        List<Path> before = checkpoints(data);
        clock.advance(Duration.ofSeconds(2).toNanos() / 1_000); // of ten
        write(5);
        answers();
        assertThat(checkpoints(data)).isEqualTo(before);
        while (checkpoints(data).equals(before)) {
            write(5);
        }
        assertThat(next).isGreaterThan(10);
    }

    @Test
    void withoutAnyCheckpointAllIsComputedFromTheLogs() throws Exception {
        write(30);
        checkpoint();
        List<List<String>> answers = answers();
        Path crashed = copy();
        for (Path file : checkpoints(crashed)) {
            Files.delete(file);
        }
        restart(crashed);
        assertThat(restored()).isZero();
        assertThat(answers()).isEqualTo(answers);
    }

    @Test
    void aCheckpointAheadOfTheLogsIsNotUsed() throws Exception {
        write(10);
        Path before = copy();
        write(10);
        checkpoint();
        Path after = copy();
        for (Path file : checkpoints(after)) {
            Files.createDirectories(before.resolve("checkpoints"));
            Files.copy(file, before.resolve("checkpoints").resolve(file.getFileName()));
        }
        restart(before);
        assertThat(restored()).isZero();
        assertThat(Rows.of(statement, "SELECT COUNT(*) FROM v3"))
                .isEqualTo(Rows.of(statement, "SELECT COUNT(*) FROM t"));
    }
}
