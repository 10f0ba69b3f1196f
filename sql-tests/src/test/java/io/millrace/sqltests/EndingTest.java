package io.millrace.sqltests;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A thread that waits in next() is woken by another one. */
@Timeout(30)
class EndingTest {
    private LocalServer server;
    private Connection connection;
    private Statement statement;
    private ResultSet rows;
    private CompletableFuture<String> ending;

    @BeforeEach
    void start(@TempDir Path data) throws Exception {
        server = new LocalServer(data);
        server.run("CREATE STREAM events (n INTEGER)");
        connection = server.connect("");
        statement = connection.createStatement();
        rows = statement.executeQuery("SELECT STREAM n FROM events");
        CountDownLatch waits = new CountDownLatch(1);
        ending = CompletableFuture.supplyAsync(() -> {
            try {
                rows.next();
                waits.countDown();
                return rows.next() ? "a row" : "no row";
            } catch (SQLException failure) {
                return failure.getSQLState();
            }
        });
        server.run("INSERT INTO events VALUES (1)");
        waits.await();
    }

    @AfterEach
    void stop() throws Exception {
        connection.close();
        server.close();
    }

    private String stateWithinASecond() throws Exception {
        String state = ending.get(1, TimeUnit.SECONDS);
        server.awaitRunningQueries(0);
        return state;
    }

    private void statementIsUsable() throws SQLException {
        assertThat(Rows.of(statement, "SELECT COUNT(*) FROM events")).containsExactly("1");
    }

    @Test
    void byCancel() throws Exception {
        statement.cancel();
        assertThat(stateWithinASecond()).isEqualTo("57014");
        statementIsUsable();
    }

    @Test
    void byClosingTheResult() throws Exception {
        rows.close();
        assertThat(stateWithinASecond()).isEqualTo("HY010");
        statementIsUsable();
    }

    @Test
    void byRunningTheStatementAgain() throws Exception {
        statementIsUsable();
        assertThat(stateWithinASecond()).isEqualTo("HY010");
    }

    @Test
    void byClosingTheStatement() throws Exception {
        statement.close();
        assertThat(stateWithinASecond()).isEqualTo("HY010");
        try (Statement other = connection.createStatement()) {
            assertThat(Rows.of(other, "SELECT COUNT(*) FROM events")).containsExactly("1");
        }
    }

    @Test
    void byClosingTheConnection() throws Exception {
        connection.close();
        assertThat(stateWithinASecond()).isEqualTo("HY010");
        assertThat(statement.isClosed()).isTrue();
    }

    @Test
    void byKillQuery() throws Exception {
        String id = server.rows("SHOW QUERIES").get(0).split("\\|")[0];
        server.run("KILL QUERY " + id);
        assertThat(stateWithinASecond()).isEqualTo("57014");
        statementIsUsable();
    }

    @Test
    void byDroppingTheStream() throws Exception {
        server.run("DROP STREAM events");
        assertThat(stateWithinASecond()).isEqualTo("42P01");
    }
}
