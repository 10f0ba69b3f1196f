package io.millrace.sqltests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Types;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Tables as clients see them. */
@Timeout(60)
class TablesTest {
    private static final int ACCOUNTS = 20;

    @TempDir
    private Path data;

    @Test
    void aBatchOfAPreparedStatementIsAllOrNothingAndEachExecutionSeesThoseBeforeIt() throws Exception {
        try (LocalServer server = new LocalServer(data);
                Connection connection = server.connect("")) {
            server.run("CREATE TABLE t (id INTEGER PRIMARY KEY, n BIGINT)", "INSERT INTO t VALUES (1, 1), (2, 2)");
            try (PreparedStatement update = connection.prepareStatement("UPDATE t SET n = n * ? WHERE id = ?")) {
                assertThat(update.getParameterMetaData().getParameterType(1)).isEqualTo(Types.BIGINT);
                assertThat(update.getParameterMetaData().getParameterType(2)).isEqualTo(Types.INTEGER);
                for (int id : new int[] {1, 1, 99, 2}) {
                    update.setLong(1, 10);
                    update.setInt(2, id);
                    update.addBatch();
                }
                assertThat(update.executeBatch()).containsExactly(1, 1, 0, 1);
            }
            assertThat(server.rows("SELECT id, n FROM t ORDER BY id")).containsExactly("1|100", "2|20");
            try (PreparedStatement insert = connection.prepareStatement("INSERT INTO t VALUES (?, ?)")) {
                for (int id : new int[] {3, 4, 1}) {
                    insert.setInt(1, id);
                    insert.setLong(2, id);
                    insert.addBatch();
                }
                assertThatThrownBy(insert::executeBatch)
                        .isInstanceOfSatisfying(
                                SQLException.class,
                                failure -> assertThat(failure.getSQLState()).isEqualTo("23505"));
            }
            try (PreparedStatement delete = connection.prepareStatement("DELETE FROM t WHERE n > ?")) {
                delete.setLong(1, 50);
                delete.addBatch();
                delete.setLong(1, 1000);
                delete.addBatch();
                assertThat(delete.executeBatch()).containsExactly(1, 0);
            }
            assertThat(server.rows("SELECT id, n FROM t ORDER BY id")).containsExactly("2|20");
        }
    }

    @Test
    void rowsAndKeysSurviveARestart() throws Exception {
        try (LocalServer server = new LocalServer(data)) {
            server.run(
                    "CREATE TABLE t (id INTEGER PRIMARY KEY, name VARCHAR DEFAULT 'new', n DECIMAL(10, 2))",
                    "INSERT INTO t (id, n) VALUES (1, 1.5), (2, 2), (3, NULL)",
                    "UPDATE t SET id = id + 10, name = 'moved' WHERE id > 1",
                    "DELETE FROM t WHERE id = 13",
                    "CREATE TABLE gone (id INTEGER)",
                    "INSERT INTO gone VALUES (1)",
                    "DROP TABLE gone");
        }
        try (LocalServer server = new LocalServer(data)) {
            assertThat(server.rows("SELECT * FROM t ORDER BY id")).containsExactly("1|new|1.50", "12|moved|2.00");
            assertThat(server.rows("SELECT n FROM t WHERE id = 12")).containsExactly("2.00");
            assertThat(server.rows("SELECT * FROM t WHERE id = 2")).isEmpty();
            assertThatThrownBy(() -> server.run("INSERT INTO t (id) VALUES (12)"))
                    .hasMessageContaining("duplicate key (id)=(12) in table \"t\"");
            server.run("INSERT INTO t (id) VALUES (2)");
            assertThat(server.rows("SHOW TABLES")).singleElement().asString().startsWith("t|ready|3|9|");
            assertThatThrownBy(() -> server.rows("SELECT * FROM gone")).hasMessageContaining("does not exist");
        }
    }

    /** Money is only moved, so whoever reads the sum reads the same. */
    @Test
    void readersSeeWholeStatementsOnly() throws Exception {
        AtomicBoolean stop = new AtomicBoolean();
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try (LocalServer server = new LocalServer(data)) {
            server.run("CREATE TABLE accounts (id INTEGER PRIMARY KEY, balance BIGINT)");
            for (int id = 0; id < ACCOUNTS; id++) {
                server.run("INSERT INTO accounts VALUES (" + id + ", 1000)");
            }
            List<Future<Integer>> results = new ArrayList<>();
            for (int i = 0; i < 2; i++) {
                Random random = new Random(i);
                results.add(threads.submit(() -> transfer(server, random)));
            }
            Callable<Integer> reader = () -> readSums(server, stop);
            Future<Integer> sums = threads.submit(reader);
            for (Future<Integer> result : results) {
                assertThat(result.get()).isEqualTo(200);
            }
            stop.set(true);
            assertThat(sums.get()).isPositive();
            assertThat(server.rows("SELECT SUM(balance) FROM accounts")).containsExactly("" + ACCOUNTS * 1000);
        } finally {
            stop.set(true);
            threads.shutdownNow();
        }
    }

    private static int transfer(LocalServer server, Random random) throws SQLException {
        int made = 0;
        try (Connection connection = server.connect("");
                PreparedStatement move = connection.prepareStatement("UPDATE accounts"
                        + " SET balance = balance + CASE WHEN id = ? THEN -7 ELSE 7 END WHERE id IN (?, ?)")) {
            for (int i = 0; i < 200; i++) {
                int from = random.nextInt(ACCOUNTS);
                int to = (from + 1 + random.nextInt(ACCOUNTS - 1)) % ACCOUNTS;
                move.setInt(1, from);
                move.setInt(2, from);
                move.setInt(3, to);
                assertThat(move.executeUpdate()).isEqualTo(2);
                made++;
            }
        }
        return made;
    }

    private static int readSums(LocalServer server, AtomicBoolean stop) throws SQLException {
        int reads = 0;
        try (Connection connection = server.connect("");
                Statement statement = connection.createStatement()) {
            while (!stop.get()) {
                try (ResultSet sum = statement.executeQuery("SELECT SUM(balance), COUNT(*) FROM accounts")) {
                    assertThat(sum.next()).isTrue();
                    assertThat(sum.getLong(1)).isEqualTo(ACCOUNTS * 1000L);
                    assertThat(sum.getInt(2)).isEqualTo(ACCOUNTS);
                }
                reads++;
            }
        }
        return reads;
    }
}
