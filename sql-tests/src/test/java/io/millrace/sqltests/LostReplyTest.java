package io.millrace.sqltests;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** An INSERT whose reply was lost is made once, whatever happens to the server meanwhile. */
@Timeout(60)
class LostReplyTest {
    @TempDir
    Path data;

    private ServerProcess server;
    private CuttingProxy proxy;
    private Connection connection;
    private Statement statement;

    @BeforeEach
    void start() throws Exception {
        server = ServerProcess.start(data);
        proxy = new CuttingProxy(server.port());
        connection = DriverManager.getConnection("jdbc:millrace://127.0.0.1:" + proxy.port());
        statement = connection.createStatement();
        statement.execute("CREATE STREAM events (n INTEGER)");
        statement.execute("CREATE STREAM others (n INTEGER)");
        statement.execute("CREATE TABLE counters (id INTEGER PRIMARY KEY, n INTEGER)");
        statement.execute("INSERT INTO counters VALUES (1, 0), (2, 0), (3, 0)");
    }

    @AfterEach
    void stop() throws Exception {
        connection.close();
        proxy.close();
        server.close();
    }

    private void killAndRestart() {
        try {
            server.kill();
            server.close();
            server = ServerProcess.start(data);
            proxy.serverPort(server.port());
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        } catch (InterruptedException interrupted) {
            throw new IllegalStateException(interrupted);
        }
    }

    private void insertBatchOfTexts(Runnable event) throws SQLException {
        assertThat(Rows.of(statement, "SELECT n FROM others")).isEmpty();
        proxy.loseReplies(1, event);
        for (int n = 7; n < 10; n++) {
            statement.addBatch("INSERT INTO events VALUES (" + n + ")");
            statement.addBatch("INSERT INTO others VALUES (" + n + "), (" + -n + ")");
        }
        assertThat(statement.executeBatch()).containsExactly(1, 2, 1, 2, 1, 2);
        assertThat(Rows.of(statement, "SELECT n FROM others")).containsExactly("7", "-7", "8", "-8", "9", "-9");
    }

    @Test
    void whileTheServerRunsOn() throws Exception {
        Runnable nothing = () -> {};
        proxy.loseReplies(1, nothing);
        assertThat(statement.executeUpdate("INSERT INTO events VALUES (1), (2)"))
                .isEqualTo(2);
        try (PreparedStatement insert = connection.prepareStatement("INSERT INTO events VALUES (?)")) {
            proxy.loseReplies(1, nothing);
            insert.setInt(1, 3);
            assertThat(insert.executeUpdate()).isEqualTo(1);
            proxy.loseReplies(2, nothing);
            for (int n = 4; n < 7; n++) {
                insert.setInt(1, n);
                insert.addBatch();
            }
            assertThat(insert.executeBatch()).containsExactly(1, 1, 1);
        }
        insertBatchOfTexts(nothing);
        assertThat(proxy.lost()).isEqualTo(5);
        assertThat(Rows.of(statement, "SELECT n FROM events"))
                .containsExactly("1", "2", "3", "4", "5", "6", "7", "8", "9");
    }

    @Test
    void whenTheServerIsKilledAndStartedAgain() throws Exception {
        try (PreparedStatement insert = connection.prepareStatement("INSERT INTO events VALUES (?)")) {
            proxy.loseReplies(1, this::killAndRestart);
            insert.setInt(1, 3);
            assertThat(insert.executeUpdate()).isEqualTo(1);
        }
        insertBatchOfTexts(this::killAndRestart);
        assertThat(proxy.lost()).isEqualTo(2);
        assertThat(Rows.of(statement, "SELECT n FROM events")).containsExactly("3", "7", "8", "9");
    }

    /** Each of these would do something else if it were made twice. */
    private void changeTable(Runnable event) throws SQLException {
        proxy.loseReplies(1, event);
        assertThat(statement.executeUpdate("UPDATE counters SET n = n + 1 WHERE id < 3"))
                .isEqualTo(2);
        proxy.loseReplies(1, event);
        assertThat(statement.executeUpdate("INSERT INTO counters SELECT id + 10, n FROM counters WHERE id = 1"))
                .isEqualTo(1);
        proxy.loseReplies(1, event);
        assertThat(statement.executeUpdate("DELETE FROM counters WHERE id = 3")).isEqualTo(1);
        proxy.loseReplies(1, event);
        assertThat(statement.executeUpdate("INSERT INTO counters VALUES (4, 4)"))
                .isEqualTo(1);
        assertThat(Rows.of(statement, "SELECT id, n FROM counters ORDER BY id"))
                .containsExactly("1|1", "2|1", "4|4", "11|1");
    }

    @Test
    void ofAStatementThatChangesATable() throws Exception {
        changeTable(() -> {});
    }

    @Test
    void ofAStatementThatChangesATableWhenTheServerIsKilled() throws Exception {
        changeTable(this::killAndRestart);
    }
}
