package io.millrace.sqltests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Results that go on over one kill of the server, and what comes out of those that do not. */
@Timeout(600)
class ContinuedRestTest {
    private static final int BUFFER_ROWS = 100;

    @TempDir
    Path data;

    @TempDir
    Path otherData;

    private ServerProcess server;
    private CuttingProxy proxy;

    @BeforeEach
    void start() throws IOException {
        server = start(data);
        proxy = new CuttingProxy(server.port());
    }

    @AfterEach
    void stop() throws Exception {
        proxy.close();
        server.close();
    }

    private static ServerProcess start(Path directory) throws IOException {
        return ServerProcess.start(directory, "subscription.buffer-rows=" + BUFFER_ROWS, "limits.planning-time=2m");
    }

    private void killAndRestart(Path directory) throws Exception {
        server.kill();
        server.close();
        server = start(directory);
        proxy.serverPort(server.port());
    }

    private String url(String settings) {
        return "jdbc:millrace://127.0.0.1:" + proxy.port() + "?" + settings;
    }

    private ContinuedReader open(int maxRows, String sql) throws SQLException {
        return ContinuedReader.startPaused(url("retryTimeout=300"), 7, maxRows, sql);
    }

    private void run(String... statements) throws SQLException {
        try (Connection connection = DriverManager.getConnection(server.url());
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }

    private List<String> rows(String sql) throws SQLException {
        try (Connection connection = DriverManager.getConnection(server.url());
                Statement statement = connection.createStatement()) {
            return Rows.of(statement, sql);
        }
    }

    private static String numbers(int from, int count) {
        StringBuilder rows = new StringBuilder();
        for (int i = from; i < from + count; i++) {
            rows.append(i == from ? "" : ", ")
                    .append('(')
                    .append(i)
                    .append(", ")
                    .append(i % 10)
                    .append(')');
        }
        return rows.toString();
    }

    @Test
    void limitsEndsIntervalsAndSlowReadersAreAsWithoutTheKill() throws Exception {
        run("CREATE STREAM s (id INT, k INT)", "CREATE TABLE t (id INT PRIMARY KEY, k INT)");
        ContinuedReader beforeAnyStep = open(0, "SUBSCRIBE (SELECT id FROM s)");
        ContinuedReader nothingYet = open(0, "SUBSCRIBE (SELECT DISTINCT k FROM s) WITH (SNAPSHOT = FALSE)");
        run("CREATE MATERIALIZED VIEW v AS SELECT id, k FROM t");
        run("INSERT INTO t VALUES " + numbers(0, 20));
        ContinuedReader limited = open(12, "SUBSCRIBE v");
        ContinuedReader last = open(0, "SELECT k, COUNT(*) AS c FROM t GROUP BY k LIMIT 14 EMIT CHANGES");
        long begin = Long.parseLong(rows("SELECT mr_position() FROM v LIMIT 1").get(0));
        String steps = "SUBSCRIBE (SELECT id, k FROM s) WITH (PROGRESS = TRUE) SINCE AFTER POSITION " + begin
                + " UP TO POSITION " + (begin + 25);
        ContinuedReader upTo = open(0, steps);
        ContinuedReader tail = open(0, "SELECT STREAM id FROM s LIMIT 30");
        ContinuedReader every = open(0, "SELECT k, COUNT(*) AS c FROM s GROUP BY k EMIT EVERY 10ms CHANGES");
        ContinuedReader slow = open(0, "SUBSCRIBE v WITH (SNAPSHOT = FALSE)");
        for (int i = 0; i < 40; i++) {
            run("INSERT INTO s VALUES (" + i + ", " + i % 10 + ")", "UPDATE t SET k = k + 1 WHERE id < 15");
        }
        limited.readOn(8);
        last.readOn(7);
        upTo.readOn(9);
        tail.readOn(11);
        every.readOn(3);
        slow.readOn(50);

        killAndRestart(data);
        run("INSERT INTO s VALUES " + numbers(40, 20), "UPDATE t SET k = 100 WHERE id < 3");

        assertThat(new HashSet<>(limited.readAll())).hasSize(12);
        assertThat(new HashSet<>(last.readAll())).hasSize(14);
        assertThat(ContinuedReader.inOrder(upTo.readAll())).isEqualTo(ContinuedReader.inOrder(rows(steps)));
        assertThat(upTo.rowsSoFar().get(upTo.rowsSoFar().size() - 1)).startsWith(begin + 25 + "|");
        assertThat(tail.readAll()).isEqualTo(rows("SELECT id FROM s WHERE id < 30"));
        beforeAnyStep.readOn(60);
        assertThat(new HashSet<>(beforeAnyStep.rowsSoFar())).hasSize(60);
        nothingYet.readOn(10);
        assertThat(new HashSet<>(nothingYet.rowsSoFar())).hasSize(10);
        assertThat(accumulated(every, rows("SELECT k, COUNT(*) FROM s GROUP BY k"), new TreeMap<>()))
                .isTrue();
        TreeMap<String, Integer> before = new TreeMap<>();
        rows("SELECT id, id FROM t").forEach(row -> before.put(startOf(row), 1));
        assertThat(accumulated(slow, rows("SELECT id, k FROM t"), before)).isTrue();
        for (ContinuedReader reader : List.of(beforeAnyStep, nothingYet, limited, last, upTo, tail, every, slow)) {
            reader.close();
        }
    }

    private static String startOf(String row) {
        int id = Integer.parseInt(row.substring(0, row.indexOf('|')));
        return id + "|" + id % 10;
    }

    /** Reads until the changes come to these rows, which they must before the time of the test is over. */
    private static boolean accumulated(ContinuedReader reader, List<String> wanted, TreeMap<String, Integer> rows)
            throws SQLException {
        TreeMap<String, Integer> expected = new TreeMap<>();
        wanted.forEach(row -> expected.merge(row, 1, Integer::sum));
        int read = 0;
        while (!rows.equals(expected)) {
            if (read == reader.rowsSoFar().size()) {
                reader.readOn(read + 1);
            }
            String[] change = reader.rowsSoFar().get(read++).split("\\|", 4);
            if (!change[2].equals("=P")) {
                rows.merge(change[3], change[2].startsWith("-") ? -1 : 1, Integer::sum);
                rows.values().removeIf(count -> count == 0);
            }
        }
        return true;
    }

    @Test
    void whoWaitsForRowsWhileTheServerIsStoppedIsGivenThemLater() throws Exception {
        run(
                "CREATE STREAM s (id INT, k INT)",
                "CREATE MATERIALIZED VIEW v AS SELECT k, COUNT(*) AS c FROM s GROUP BY k");
        List<ContinuedReader> readers = List.of(
                open(0, "SELECT STREAM id FROM s WHERE id >= 10"),
                open(0, "SUBSCRIBE v WITH (SNAPSHOT = FALSE)"),
                open(0, "SELECT id FROM s WHERE id >= 10 EMIT CHANGES"));
        run("INSERT INTO s VALUES " + numbers(0, 20));
        List<CompletableFuture<Void>> reading = new ArrayList<>();
        for (ContinuedReader reader : readers) {
            reader.readOn(10);
            reading.add(CompletableFuture.runAsync(() -> readOn(reader, 20), ContinuedRestTest::onThread));
        }
        server.terminate();
        server.close();
        server = start(data);
        proxy.serverPort(server.port());
        run("INSERT INTO s VALUES " + numbers(20, 10));
        for (CompletableFuture<Void> each : reading) {
            each.get(180, TimeUnit.SECONDS);
        }
        assertThat(readers.get(0).rowsSoFar()).isEqualTo(rows("SELECT id FROM s WHERE id >= 10"));
        assertThat(readers.get(1).rowsSoFar().subList(10, 20)).allMatch(row -> row.matches("\\d+\\|.*\\|[-+]U\\|.*"));
        assertThat(new HashSet<>(readers.get(2).rowsSoFar())).hasSize(20);
        for (ContinuedReader reader : readers) {
            reader.close();
        }
    }

    @Test
    void anotherDataDirectoryIsNotTakenForTheFirst() throws Exception {
        String[] made = {
            "CREATE STREAM s (id INT, k INT)",
            "CREATE TABLE t (id INT PRIMARY KEY, k INT)",
            "CREATE MATERIALIZED VIEW v AS SELECT k, COUNT(*) AS c FROM t GROUP BY k",
            "INSERT INTO s VALUES " + numbers(0, 20),
            "INSERT INTO t VALUES " + numbers(0, 20)
        };
        run(made);
        List<ContinuedReader> readers = new ArrayList<>();
        for (String sql : List.of("SELECT STREAM id FROM s SINCE BEGINNING", "SUBSCRIBE v", "SUBSCRIBE (TABLE t)")) {
            ContinuedReader reader = open(0, sql);
            reader.readOn(5);
            readers.add(reader);
        }
        killAndRestart(otherData);
        run(made);
        for (ContinuedReader reader : readers) {
            assertThatThrownBy(() -> reader.readOn(100)).hasMessageContaining("another data directory");
            reader.close();
        }
    }

    @Test
    void whoeverWaitsForAServerThatIsAwayCanBeEndedAtOnce() throws Exception {
        run("CREATE STREAM s (id INT, k INT)");
        String sql = "SELECT STREAM id FROM s";
        List<ContinuedReader> readers = List.of(open(0, sql), open(0, sql), open(0, sql));
        ContinuedReader impatient = ContinuedReader.startPaused(url("retryTimeout=1"), 7, 0, sql);
        ContinuedReader plain = ContinuedReader.startPaused(url("reconnect=false"), 7, 0, sql);
        server.kill();
        List<CompletableFuture<Void>> waiting = new ArrayList<>();
        readers.forEach(reader ->
                waiting.add(CompletableFuture.runAsync(() -> readOn(reader, 1), ContinuedRestTest::onThread)));
        assertThatThrownBy(() -> plain.readOn(1))
                .isInstanceOfSatisfying(
                        SQLException.class,
                        lost -> assertThat(lost.getSQLState()).isEqualTo("08006"));
        assertThatThrownBy(() -> impatient.readOn(1))
                .isInstanceOfSatisfying(
                        SQLException.class,
                        lost -> assertThat(lost.getSQLState()).isEqualTo("08006"));
        long began = System.nanoTime();
        readers.get(0).cancel();
        readers.get(1).closeResults();
        readers.get(2).close();
        for (CompletableFuture<Void> reading : waiting) {
            assertThatThrownBy(() -> reading.get(5, TimeUnit.SECONDS)).isInstanceOf(ExecutionException.class);
        }
        assertThat(System.nanoTime() - began).isLessThan(TimeUnit.SECONDS.toNanos(5));
        for (ContinuedReader reader : List.of(readers.get(0), readers.get(1), impatient, plain)) {
            reader.close();
        }
    }

    private static void onThread(Runnable task) {
        Thread thread = new Thread(task, "reads on");
        thread.setDaemon(true);
        thread.start();
    }

    private static void readOn(ContinuedReader reader, int count) {
        try {
            reader.readOn(count);
        } catch (SQLException ended) {
            throw new IllegalStateException(ended);
        }
    }
}
