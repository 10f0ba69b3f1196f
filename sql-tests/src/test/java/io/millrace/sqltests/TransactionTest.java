package io.millrace.sqltests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.sql.BatchUpdateException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLWarning;
import java.sql.Statement;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Transactions that read, warnings and batches, over the driver. */
@Timeout(60)
class TransactionTest {
    private static final String COUNT = "SELECT COUNT(*) FROM s";

    private LocalServer server;
    private Connection connection;
    private Statement statement;

    @BeforeEach
    void start(@TempDir Path data) throws Exception {
        server = new LocalServer(data);
        server.run(
                "CREATE STREAM s (id BIGINT NOT NULL)",
                "CREATE TABLE t (id BIGINT PRIMARY KEY, name VARCHAR DEFAULT 'new')",
                "INSERT INTO s VALUES (1)",
                "INSERT INTO t VALUES (1, 'a')");
        connection = server.connect("");
        statement = connection.createStatement();
    }

    @AfterEach
    void stop() throws Exception {
        connection.close();
        server.close();
    }

    private static String state(SQLException failure) {
        return failure.getSQLState();
    }

    @Test
    void seesOnePositionUpToTheCommit() throws Exception {
        connection.setReadOnly(true);
        connection.setAutoCommit(false);
        assertThat(Rows.of(statement, COUNT)).containsExactly("1");
        server.run("INSERT INTO s VALUES (2)", "UPDATE t SET name = 'b' WHERE id = 1", "INSERT INTO t (id) VALUES (2)");
        assertThat(Rows.of(statement, COUNT)).containsExactly("1");
        assertThat(Rows.of(statement, "SELECT id, name FROM t")).containsExactly("1|a");
        assertThat(Rows.of(statement, "SELECT COUNT(*) FROM s a JOIN t ON a.id = t.id"))
                .containsExactly("1");
        connection.commit();
        assertThat(Rows.of(statement, COUNT)).containsExactly("2");
        assertThat(Rows.of(statement, "SELECT id, name FROM t ORDER BY id")).containsExactly("1|b", "2|new");
    }

    @Test
    void beginsAnewAfterARollbackAndWithAutoCommit() throws Exception {
        connection.setAutoCommit(false);
        assertThat(Rows.of(statement, COUNT)).containsExactly("1");
        server.run("INSERT INTO s VALUES (2)");
        assertThat(Rows.of(statement, COUNT)).containsExactly("1");
        connection.rollback();
        assertThat(Rows.of(statement, COUNT)).containsExactly("2");
        server.run("INSERT INTO s VALUES (3)");
        assertThat(Rows.of(statement, COUNT)).containsExactly("2");
        connection.setAutoCommit(true);
        assertThat(Rows.of(statement, COUNT)).containsExactly("3");
    }

    @Test
    void leavesOtherConnectionsAlone() throws Exception {
        connection.setAutoCommit(false);
        assertThat(Rows.of(statement, COUNT)).containsExactly("1");
        server.run("INSERT INTO s VALUES (2)");
        assertThat(server.rows(COUNT)).containsExactly("2");
    }

    @Test
    void refusesWritesInATransaction() throws Exception {
        connection.setAutoCommit(false);
        assertThatThrownBy(() -> statement.executeUpdate("INSERT INTO s VALUES (2)"))
                .hasMessageContaining("auto-commit")
                .extracting(failure -> state((SQLException) failure))
                .isEqualTo("0A000");
        connection.setReadOnly(true);
        assertThatThrownBy(() -> statement.executeUpdate("DELETE FROM t"))
                .extracting(failure -> state((SQLException) failure))
                .isEqualTo("25006");
        connection.setAutoCommit(true);
        connection.setReadOnly(false);
        assertThat(statement.executeUpdate("INSERT INTO s VALUES (2)")).isEqualTo(1);
    }

    @Test
    void doesNotKnowAtItsPositionWhatWasCreatedLater() throws Exception {
        connection.setAutoCommit(false);
        assertThat(Rows.of(statement, COUNT)).containsExactly("1");
        server.run("CREATE STREAM later (id BIGINT)");
        assertThatThrownBy(() -> statement.executeQuery("SELECT * FROM later")).isInstanceOf(SQLException.class);
        connection.commit();
        assertThat(Rows.of(statement, "SELECT * FROM later")).isEmpty();
    }

    @Test
    void warnsOfWhatAUserMayNotExpect() throws Exception {
        statement.executeUpdate("CREATE STREAM timed (id BIGINT, ts TIMESTAMP(3))");
        SQLWarning warning = statement.getWarnings();
        assertThat(warning.getSQLState()).isEqualTo("01000");
        assertThat(warning.getMessage()).contains("\"timed\" has no WATERMARK").contains("rowtime");
        assertThat((Object) warning.getNextWarning()).isNull();
        statement.executeUpdate("CREATE STREAM IF NOT EXISTS timed (id BIGINT)");
        assertThat(statement.getWarnings().getMessage())
                .isEqualTo("\"timed\" exists already, so that nothing was created");
        statement.executeUpdate("DROP STREAM IF EXISTS größe");
        assertThat(statement.getWarnings().getMessage()).contains("\"größe\" does not exist");
        statement.clearWarnings();
        assertThat((Object) statement.getWarnings()).isNull();
        statement.executeUpdate("DROP STREAM timed");
        assertThat((Object) statement.getWarnings()).isNull();
    }

    @Test
    void tellsHowFarABatchCame() throws Exception {
        statement.addBatch("INSERT INTO s VALUES (2), (3)");
        statement.addBatch("UPDATE t SET name = 'x'");
        statement.addBatch("INSERT INTO nothing VALUES (1)");
        statement.addBatch("INSERT INTO s VALUES (4)");
        assertThatThrownBy(statement::executeBatch).isInstanceOfSatisfying(BatchUpdateException.class, failure -> {
            assertThat(failure.getUpdateCounts()).containsExactly(2, 1);
            assertThat(failure.getSQLState()).isEqualTo("42P01");
        });
        assertThat(server.rows(COUNT)).containsExactly("3");
        assertThat(statement.executeBatch()).as("the batch is empty again").isEmpty();
        statement.addBatch("SELECT 1");
        assertThatThrownBy(statement::executeBatch).isInstanceOf(BatchUpdateException.class);
    }

    @Test
    void readsTheEscapesOfJdbc() throws Exception {
        assertThat(Rows.of(
                        statement,
                        "SELECT {d '2026-01-02'}, {t '03:04:05'}, {ts '2026-01-02 03:04:05'}, {fn UCASE('a')},"
                                + " '{d}', 'a_b' LIKE 'a!_b' {escape '!'} -- {"))
                .containsExactly("2026-01-02|03:04:05|2026-01-02 03:04:05|A|{d}|true");
        assertThat(Rows.of(statement, "SELECT s.id FROM {oj s LEFT OUTER JOIN t ON s.id = t.id}"))
                .containsExactly("1");
        assertThat(connection.nativeSQL("SELECT '{escape ''!''}'")).isEqualTo("SELECT '{escape ''!''}'");
    }

    @Test
    void describesKeysAndDefaults() throws Exception {
        try (ResultSet key = connection.getMetaData().getPrimaryKeys(null, "public", "T")) {
            assertThat(key.next()).isTrue();
            assertThat(key.getString("COLUMN_NAME")).isEqualTo("id");
            assertThat(key.getShort("KEY_SEQ")).isEqualTo((short) 1);
            assertThat(key.next()).isFalse();
        }
        try (ResultSet index = connection.getMetaData().getIndexInfo(null, null, "t", true, true)) {
            assertThat(index.next()).isTrue();
            assertThat(index.getBoolean("NON_UNIQUE")).isFalse();
        }
        try (ResultSet best = connection.getMetaData().getBestRowIdentifier(null, null, "t", 2, true)) {
            assertThat(best.next()).isTrue();
            assertThat(best.getString("COLUMN_NAME")).isEqualTo("id");
        }
        try (ResultSet columns = connection.getMetaData().getColumns(null, null, "t", "name")) {
            assertThat(columns.next()).isTrue();
            assertThat(columns.getString("COLUMN_DEF")).isEqualTo("'new'");
        }
        try (ResultSet tables = connection.getMetaData().getTables(null, null, "t", new String[] {"TABLE"})) {
            assertThat(tables.next()).isTrue();
            assertThat(tables.getString("TABLE_TYPE")).isEqualTo("TABLE");
        }
        try (ResultSet functions = connection.getMetaData().getFunctions(null, null, "AB_")) {
            assertThat(functions.next()).isTrue();
            assertThat(functions.getString("REMARKS")).isEqualTo("ABS(x)");
        }
    }

    @Test
    void isNotValidWhenTheServerIsGone() throws Exception {
        try (Connection other = server.connect("?retryTimeout=200ms")) {
            assertThat(other.isValid(5)).isTrue();
            assertThatThrownBy(() -> other.setSchema("elsewhere")).isInstanceOf(SQLException.class);
            other.setSchema("PUBLIC");
            server.close();
            assertThat(other.isValid(1)).isFalse();
        }
    }
}
