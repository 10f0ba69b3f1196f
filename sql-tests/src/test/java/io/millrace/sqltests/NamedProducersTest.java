package io.millrace.sqltests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.jdbc.NumberedStatement;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Programs that number what they write through JDBC, so that it is written once over their restarts. */
@Timeout(60)
class NamedProducersTest {
    @TempDir
    Path data;

    private LocalServer server;

    @BeforeEach
    void start() throws Exception {
        server = new LocalServer(data);
        server.run("CREATE STREAM orders (id BIGINT)", "CREATE TABLE stock (id BIGINT PRIMARY KEY, n BIGINT)");
    }

    @AfterEach
    void stop() throws Exception {
        server.close();
    }

    private void restart() throws Exception {
        server.close();
        server = new LocalServer(data);
    }

    private Connection connect() throws SQLException {
        return server.connect("?producer=billing");
    }

    private static void insert(Connection connection, long number, long... ids) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement("INSERT INTO orders VALUES (?)")) {
            for (long id : ids) {
                insert.setLong(1, id);
                insert.addBatch();
            }
            insert.unwrap(NumberedStatement.class).setNumber(number);
            assertThat(insert.executeBatch()).hasSize(ids.length);
        }
    }

    private static int update(Connection connection, long number, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.unwrap(NumberedStatement.class).setNumber(number);
            return statement.executeUpdate(sql);
        }
    }

    private static long lastNumber(Connection connection, String stream) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            List<String> rows = Rows.of(
                    statement,
                    "SELECT sequence FROM sys.producers WHERE name = 'billing' AND target = '" + stream + "'");
            return rows.isEmpty() ? 0 : Long.parseLong(rows.get(0));
        }
    }

    private List<String> orders() throws SQLException {
        return server.rows("SELECT id FROM orders ORDER BY id");
    }

    private static void assertRefused(String state, String message, SqlCall call) {
        assertThatThrownBy(call::run)
                .isInstanceOfSatisfying(
                        SQLException.class,
                        refused -> assertThat(refused.getSQLState()).isEqualTo(state))
                .hasMessageContaining(message);
    }

    private interface SqlCall {
        void run() throws SQLException;
    }

    /** What a program does when it starts: it asks how far it came, and goes on there; here it forgets half of that. */
    @Test
    void aProgramThatIsStartedAgainGoesOnWhereItWas() throws Exception {
        for (int start = 0; start < 4; start++) {
            try (Connection connection = connect()) {
                long last = lastNumber(connection, "orders");
                assertThat(last).isEqualTo(start * 5L);
                for (long number = last / 2 + 1; number <= last + 5; number++) {
                    insert(connection, number, 10 * number, 10 * number + 1);
                }
            }
            if (start % 2 == 1) {
                restart();
            }
        }
        assertThat(orders()).hasSize(40).doesNotHaveDuplicates();
        assertThat(server.rows("SELECT target, epoch, sequence, last_rows FROM sys.producers"))
                .containsExactly("orders|4|20|2");
    }

    @Test
    void aConnectionGoesOnWhenTheServerHasBeenStartedAgain() throws Exception {
        try (Connection connection = connect()) {
            insert(connection, 1, 1);
            server.close();
            int port = server.port();
            server = LocalServer.at(data, port);
            insert(connection, 1, 1);
            insert(connection, 2, 2);
            assertThat(server.rows("SELECT epoch, sequence FROM sys.producers")).containsExactly("1|2");
        }
        assertThat(orders()).containsExactly("1", "2");
    }

    @Test
    void aGapIsRefused() throws Exception {
        try (Connection connection = connect()) {
            assertRefused("22M01", "nothing is known of this producer", () -> insert(connection, 2, 2));
            insert(connection, 1, 1);
            assertRefused("22M01", "the last one is 1", () -> insert(connection, 3, 3));
            insert(connection, 2, 2);
            insert(connection, 1, 1);
        }
        assertThat(orders()).containsExactly("1", "2");
    }

    @Test
    void numbersMayBePositionsInAnInput() throws Exception {
        try (Connection connection = connect();
                PreparedStatement insert = connection.prepareStatement("INSERT INTO orders VALUES (7), (8)")) {
            NumberedStatement numbered = insert.unwrap(NumberedStatement.class);
            numbered.setNumber(0, 4_000);
            insert.executeUpdate();
            numbered.setNumber(4_000, 4_017);
            insert.executeUpdate();
            numbered.setNumber(4_000, 4_017);
            insert.executeUpdate();
            numbered.setNumber(4_001, 5_000);
            assertRefused("22M01", "comes after number 4001, but the last one is 4017", insert::executeUpdate);
            assertRefused("22023", "greater than the one before", () -> numbered.setNumber(5, 5));
        }
        assertThat(orders()).containsExactly("7", "7", "8", "8");
    }

    @Test
    void theLaterConnectionEndsTheEarlier() throws Exception {
        try (Connection earlier = connect()) {
            insert(earlier, 1, 1);
            try (Connection later = connect()) {
                assertRefused("08M01", "was replaced by one of epoch 2", () -> insert(earlier, 2, 2));
                assertRefused(
                        "08M01",
                        "\"billing\"",
                        () -> earlier.createStatement().execute("INSERT INTO orders VALUES (9)"));
                insert(later, 2, 2);
            }
            restart();
        }
        assertThat(orders()).containsExactly("1", "2");
    }

    @Test
    void whatChangesATableIsNumberedToo() throws Exception {
        server.run("CREATE MATERIALIZED VIEW totals AS SELECT SUM(n) AS n FROM stock");
        try (Connection connection = connect()) {
            assertThat(update(connection, 1, "INSERT INTO stock VALUES (1, 10), (2, 20)"))
                    .isEqualTo(2);
            assertThat(update(connection, 2, "UPDATE stock SET n = n + 1")).isEqualTo(2);
            assertThat(update(connection, 3, "UPDATE stock SET n = 0 WHERE id = 99"))
                    .isZero();
            assertRefused("23505", "", () -> update(connection, 4, "INSERT INTO stock VALUES (1, 0)"));
            assertThat(update(connection, 4, "DELETE FROM stock WHERE id = 2")).isEqualTo(1);
        }
        restart();
        try (Connection connection = connect()) {
            assertThat(lastNumber(connection, "stock")).isEqualTo(4);
            update(connection, 2, "UPDATE stock SET n = n + 1");
            update(connection, 3, "UPDATE stock SET n = 0 WHERE id = 99");
            update(connection, 4, "DELETE FROM stock WHERE id = 2");
            assertRefused("22M01", "the last one is 4", () -> update(connection, 6, "DELETE FROM stock"));
        }
        assertThat(server.rows("SELECT id, n FROM stock")).containsExactly("1|11");
        assertThat(server.rows("SELECT n FROM totals")).containsExactly("11");
    }

    @Test
    void anInsertOfNoRowsIsCounted() throws Exception {
        try (Connection connection = connect()) {
            update(connection, 1, "INSERT INTO orders SELECT id FROM stock");
            insert(connection, 2, 2);
        }
        restart();
        assertThat(orders()).containsExactly("2");
        assertThat(server.rows("SELECT sequence FROM sys.producers")).containsExactly("2");
    }

    @Test
    void onlyWhatProducersWriteCanBeNumbered() throws Exception {
        try (Connection nobody = server.connect("");
                Connection connection = connect()) {
            assertRefused("22023", "producer=name", () -> insert(nobody, 1, 1));
            assertRefused("22023", "only a statement that changes rows", () -> update(connection, 1, "FLUSH"));
            try (Statement statement = connection.createStatement()) {
                statement.unwrap(NumberedStatement.class).setNumber(1);
                statement.addBatch("INSERT INTO orders VALUES (1)");
                assertRefused("0A000", "batch of statements", statement::executeBatch);
            }
        }
        assertRefused("08001", "\"producer\"", () -> server.connect("?producer=two%20words"));
        assertThat(orders()).isEmpty();
    }

    @Test
    void whatHasNoNumberIsWrittenAsByAnybody() throws Exception {
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            statement.executeUpdate("INSERT INTO orders VALUES (1)");
            insert(connection, 1, 2);
            statement.executeUpdate("INSERT INTO orders VALUES (3)");
        }
        assertThat(orders()).containsExactly("1", "2", "3");
    }
}
