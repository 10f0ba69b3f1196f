package io.millrace.sqltests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Result sets that never end go on when the server has been killed and started again, or the connection was cut. */
@Timeout(600)
class ContinuedResultTest {
    private static final int KILLS = Integer.getInteger("millrace.kill.rounds", 2);

    @TempDir
    Path data;

    private ServerProcess server;
    private CuttingProxy proxy;
    private Connection connection;
    private Statement statement;
    private int written;

    @BeforeEach
    void start() throws Exception {
        server = start(data);
        proxy = new CuttingProxy(server.port());
        connection = DriverManager.getConnection(url());
        statement = connection.createStatement();
        statement.execute("CREATE TABLE t (id INT PRIMARY KEY, k VARCHAR, n INT)");
        statement.execute("CREATE STREAM events (id INT, k VARCHAR, ts TIMESTAMP(3), "
                + "WATERMARK FOR ts AS ts - INTERVAL '1' SECOND IDLE TIMEOUT 1d)"); // kills may take long
        statement.execute("CREATE MATERIALIZED VIEW per_k AS SELECT k, SUM(n) AS total FROM t GROUP BY k");
    }

    /** A machine that is busy may take long to plan, on a server that is cold. */
    private static ServerProcess start(Path directory) throws IOException {
        return ServerProcess.start(directory, "limits.planning-time=2m");
    }

    @AfterEach
    void stop() throws Exception {
        connection.close();
        proxy.close();
        server.close();
    }

    private String url() {
        return "jdbc:millrace://127.0.0.1:" + proxy.port() + "?retryTimeout=300";
    }

    private void killAndRestart() throws IOException, InterruptedException {
        server.kill();
        server.close();
        server = start(data);
        proxy.serverPort(server.port());
    }

    /** Ten statements, each of which changes something for every reader. */
    private void write() throws SQLException {
        for (int i = 0; i < 10; i++, written++) {
            int n = written;
            statement.executeUpdate("INSERT INTO t VALUES (" + n + ", 'k" + n % 7 + "', " + n + ")");
            statement.executeUpdate(
                    "INSERT INTO events SELECT v, 'k' || CAST(v AS VARCHAR), TIMESTAMP '2026-01-01 00:00:00' + INTERVAL '1' SECOND * "
                            + n + " FROM (VALUES (" + n + "), (" + n % 5 + "), (" + n % 3 + ")) AS w(v)");
        }
    }

    private long position() throws SQLException {
        try (ResultSet row =
                statement.executeQuery("SELECT mr_position() FROM per_k RIGHT JOIN (VALUES (1)) ON TRUE")) {
            row.next();
            return row.getLong(1);
        }
    }

    private static long position(String change) {
        return Long.parseLong(change.substring(0, change.indexOf('|')));
    }

    private interface Blow {
        void fall() throws Exception;
    }

    /** Blows fall while statements are made, and everybody reads. */
    private void whileWriting(Blow blow, List<ContinuedReader> readers) throws Exception {
        for (int kill = 0; kill < KILLS; kill++) {
            List<Integer> before = new ArrayList<>();
            readers.forEach(reader -> before.add(reader.count()));
            write();
            for (int i = 0; i < readers.size(); i++) {
                readers.get(i).await(before.get(i) + 1);
            }
            write();
            blow.fall();
            write();
        }
    }

    private void followsChanges(Blow blow) throws Exception {
        write();
        List<String> followed = List.of(
                "per_k",
                "(SELECT k, COUNT(*) AS c FROM t WHERE n > 5 GROUP BY k)",
                "(SELECT id, k FROM events)",
                "(SELECT DISTINCT k FROM events)");
        long begin = position();
        List<ContinuedReader> readers = new ArrayList<>();
        for (String what : followed) {
            readers.add(ContinuedReader.start(
                    url(), 5, 0, "SUBSCRIBE " + what + " WITH (SNAPSHOT = FALSE, PROGRESS = TRUE)"));
        }
        whileWriting(blow, readers);
        long last = position();
        for (int i = 0; i < readers.size(); i++) {
            ContinuedReader reader = readers.get(i);
            List<String> rows = reader.rowsUntil(row -> position(row) >= last);
            List<String> expected = Rows.of(
                    statement,
                    "SUBSCRIBE " + followed.get(i) + " SINCE AFTER POSITION " + begin + " UP TO POSITION " + last);
            if (i == 3) { // which begins without what was there before
                assertThat(distinct(rows)).as(reader.sql()).hasSameSizeAs(ContinuedReader.inOrder(rows));
                assertThat(distinct(rows)).as(reader.sql()).containsAll(distinct(expected));
            } else {
                assertThat(expected).isNotEmpty();
                assertThat(ContinuedReader.inOrder(rows)).as(reader.sql()).isEqualTo(ContinuedReader.inOrder(expected));
            }
        }
    }

    private static HashSet<String> distinct(List<String> changes) {
        HashSet<String> rows = new HashSet<>();
        ContinuedReader.inOrder(changes).forEach(change -> rows.add(change.split("\\|", 4)[3]));
        return rows;
    }

    @Test
    void changesWhenTheServerIsKilled() throws Exception {
        followsChanges(this::killAndRestart);
    }

    @Test
    void changesWhenTheConnectionIsCut() throws Exception {
        followsChanges(proxy::cutAll);
    }

    @Test
    void windowsAndRowsWhenTheServerIsKilled() throws Exception {
        String tumble = "TABLE(TUMBLE(TABLE events, DESCRIPTOR(ts), INTERVAL '2' SECOND))";
        String hop = "TABLE(HOP(TABLE events, DESCRIPTOR(ts), INTERVAL '2' SECOND, INTERVAL '6' SECOND))";
        Map<String, String> queries = Map.of(
                "SELECT STREAM id, k, ts FROM events WHERE id >= ?",
                "events WHERE id > 0",
                "SELECT window_end, k, COUNT(*) AS c FROM events WINDOW TUMBLE(2s) WHERE id >= ?",
                "(SELECT DISTINCT window_end, k FROM " + tumble
                        + " WHERE id > 0 AND ts < TIMESTAMP '2026-02-01 00:00:00')",
                "SELECT window_end, COUNT(*) AS c, SUM(id) AS s FROM events WINDOW HOP(6s,2s) WHERE id >= ?",
                "(SELECT DISTINCT window_end FROM " + hop + " WHERE id > 0 AND ts < TIMESTAMP '2026-02-01 00:00:00')");
        write();
        List<ContinuedReader> readers = new ArrayList<>();
        for (String query : queries.keySet()) {
            readers.add(ContinuedReader.start(url(), 3, 0, query, 1));
        }
        ContinuedReader limited = ContinuedReader.start(url(), 3, 35, "SELECT STREAM id FROM events");
        whileWriting(this::killAndRestart, readers);
        statement.executeUpdate("INSERT INTO events VALUES (1000, 'last', TIMESTAMP '2026-06-01 00:00:00')");
        for (ContinuedReader reader : readers) {
            int count = Integer.parseInt(Rows.of(statement, "SELECT COUNT(*) FROM " + queries.get(reader.sql()))
                    .get(0));
            ContinuedReader again = ContinuedReader.start(url(), 0, count, reader.sql() + " SINCE BEGINNING", 1);
            List<String> all = again.rows();
            reader.await(1);
            int first = all.indexOf(reader.rowsSoFar().get(0));
            assertThat(first).as(reader.sql()).isNotNegative();
            reader.await(count - first);
            assertThat(reader.rowsSoFar())
                    .as(reader.sql())
                    .hasSizeGreaterThan(20)
                    .isEqualTo(all.subList(first, count));
        }
        assertThat(limited.rows()).hasSize(35);
    }

    /** Snapshots that are cut off twice, steps that are, and one more after them; all are larger than what is fetched at a time. */
    private void readsLargeSteps(Blow blow) throws Exception {
        int size = 20_000;
        statement.execute("CREATE TABLE large (id BIGINT PRIMARY KEY, n BIGINT)");
        statement.execute("CREATE MATERIALIZED VIEW grown AS SELECT id, n + 1 AS m FROM large");
        String numbers = "WITH d AS (SELECT v FROM (VALUES (0),(1),(2),(3),(4),(5),(6),(7),(8),(9)) AS x(v)) "
                + "SELECT a.v + 10 * b.v + 100 * c.v + 1000 * e.v + 10000 * f.v, 0 FROM d a, d b, d c, d e, d f "
                + "WHERE f.v < 2";
        statement.executeUpdate("INSERT INTO large " + numbers);
        Rows.of(statement, "SELECT COUNT(*) FROM grown");
        List<ContinuedReader> readers = List.of(
                ContinuedReader.startPaused(url(), 700, 0, "SUBSCRIBE grown"),
                ContinuedReader.startPaused(url(), 700, 0, "SUBSCRIBE (SELECT id % 100 AS r, n FROM large)"));
        readOn(readers, 3_000);
        blow.fall();
        readOn(readers, 9_000);
        blow.fall();
        readOn(readers, size);
        statement.executeUpdate("UPDATE large SET n = n + 1 WHERE id >= 0");
        readOn(readers, size + 11_111);
        blow.fall();
        readOn(readers, size + 23_456);
        blow.fall();
        readOn(readers, 3 * size);
        statement.executeUpdate("INSERT INTO large VALUES (-1, 5)");
        readOn(readers, 3 * size + 1);
        statement.executeUpdate("DELETE FROM large WHERE id < 0");
        statement.executeUpdate("UPDATE large SET n = n - 1 WHERE id >= 0");
        checkSteps(readers.get(0), size, "SELECT * FROM grown");
        checkSteps(readers.get(1), size, "SELECT id % 100 AS r, n FROM large");
    }

    private static void readOn(List<ContinuedReader> readers, int count) throws SQLException {
        for (ContinuedReader reader : readers) {
            reader.readOn(count);
        }
    }

    private void checkSteps(ContinuedReader reader, int size, String query) throws SQLException {
        List<String> snapshot = reader.rowsSoFar().subList(0, size);
        long position = position(snapshot.get(0));
        assertThat(snapshot).allSatisfy(row -> assertThat(position(row)).isEqualTo(position));
        List<String> there = new ArrayList<>();
        snapshot.forEach(row -> there.add(row.split("\\|", 4)[3]));
        assertThat(there).as(reader.sql()).containsExactlyInAnyOrderElementsOf(Rows.of(statement, query));
        List<String> changes = reader.rowsSoFar().subList(size, 3 * size + 1);
        assertThat(ContinuedReader.inOrder(changes))
                .as(reader.sql())
                .isEqualTo(ContinuedReader.inOrder(Rows.of(
                        statement,
                        reader.sql() + " SINCE AFTER POSITION " + position + " UP TO POSITION "
                                + position(changes.get(changes.size() - 1)))));
        reader.close();
    }

    @Test
    void stepsThatWereCutOffByAKill() throws Exception {
        readsLargeSteps(this::killAndRestart);
    }

    @Test
    void aResultThatCannotGoOnSaysWhy() throws Exception {
        write();
        ContinuedReader dropped = ContinuedReader.startPaused(url(), 1, 0, "SUBSCRIBE per_k");
        ContinuedReader streamed =
                ContinuedReader.startPaused(url(), 1, 0, "SELECT STREAM id FROM events SINCE BEGINNING");
        ContinuedReader plain = ContinuedReader.startPaused(
                url() + "&reconnect=false", 1, 0, "SELECT STREAM id FROM events SINCE BEGINNING");
        dropped.readOn(1);
        streamed.readOn(1);
        plain.readOn(1);
        killAndRestart();
        try (Connection other = DriverManager.getConnection(server.url());
                Statement change = other.createStatement()) {
            change.execute("CREATE OR REPLACE MATERIALIZED VIEW per_k AS SELECT k, SUM(n) AS total FROM t GROUP BY k");
            change.execute("DROP STREAM events");
            change.execute("CREATE STREAM events (id INT, k VARCHAR, ts TIMESTAMP(3))");
        }
        assertThatThrownBy(() -> dropped.readOn(100)).hasStackTraceContaining("replaced since");
        assertThatThrownBy(() -> streamed.readOn(100)).hasStackTraceContaining("dropped or replaced since it began");
        assertThatThrownBy(() -> plain.readOn(100)).hasStackTraceContaining("no longer");
        for (ContinuedReader reader : List.of(dropped, streamed, plain)) {
            reader.close();
        }
    }
}
