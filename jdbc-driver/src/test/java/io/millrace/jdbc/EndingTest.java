package io.millrace.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLTimeoutException;
import java.sql.Statement;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@DisplayName("A next() that waits")
@Timeout(30)
class EndingTest {
    private final FakeServer server = new FakeServer();
    private final FakeResult ticks = server.result("TICKS", FakeColumn.bigint("n"));
    private Connection connection;

    interface Action {
        void run() throws SQLException;
    }

    @BeforeEach
    void connect() throws SQLException {
        connection = server.connect();
    }

    @AfterEach
    void stop() throws SQLException {
        connection.close();
        server.close();
    }

    /** What next() throws when this is done in another thread, and within which time. */
    private static SQLException blocked(ResultSet rows, Action action) throws Exception {
        long[] started = new long[1];
        CompletableFuture<Void> other = CompletableFuture.runAsync(
                () -> {
                    started[0] = System.nanoTime();
                    try {
                        action.run();
                    } catch (SQLException failed) {
                        throw new IllegalStateException(failed);
                    }
                },
                CompletableFuture.delayedExecutor(200, TimeUnit.MILLISECONDS));
        SQLException thrown = null;
        try {
            rows.next();
        } catch (SQLException ended) {
            thrown = ended;
        }
        long took = System.nanoTime() - started[0];
        boolean interrupted = Thread.interrupted();
        other.get(10, TimeUnit.SECONDS);
        assertThat((Throwable) thrown).isNotNull();
        assertThat(took).isLessThan(1_000_000_000L);
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        return thrown;
    }

    private void usable(Statement statement) throws SQLException {
        server.result("AGAIN", FakeColumn.bigint("n")).push(42);
        ResultSet rows = statement.executeQuery("AGAIN");
        assertThat(rows.next()).isTrue();
        assertThat(rows.getInt(1)).isEqualTo(42);
    }

    @Test
    @DisplayName("ends with 57014 by Statement.cancel, and the statement runs again")
    void cancel() throws Exception {
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("TICKS");
        SQLException thrown = blocked(rows, statement::cancel);
        assertThat(thrown.getSQLState()).isEqualTo("57014");
        assertThat(thrown.getMessage()).isEqualTo("statement was cancelled");
        assertThat(ticks.isCancelled()).isTrue();
        usable(statement);
    }

    @Test
    @DisplayName("ends a hundred times in a row by cancel without hurting the run that follows")
    void cancelRaces() throws Exception {
        Statement statement = connection.createStatement();
        for (int i = 0; i < 100; i++) {
            server.result("R" + i, FakeColumn.bigint("n"));
            ResultSet rows = statement.executeQuery("R" + i);
            CompletableFuture<Void> cancel = CompletableFuture.runAsync(() -> {
                try {
                    statement.cancel();
                } catch (SQLException failed) {
                    throw new IllegalStateException(failed);
                }
            });
            assertThatThrownBy(rows::next).hasMessage("statement was cancelled");
            FakeResult next = server.result("N" + i, FakeColumn.bigint("n"));
            next.push(i);
            ResultSet after = statement.executeQuery("N" + i);
            assertThat(after.next()).isTrue();
            assertThat(after.getInt(1)).isEqualTo(i);
            cancel.get(5, TimeUnit.SECONDS);
            assertThat(next.isCancelled()).isFalse();
        }
    }

    @Test
    @DisplayName("ends with a timeout exception by its query timeout, prepared or not")
    void timeout() throws Exception {
        try (Statement statement = connection.createStatement()) {
            statement.setQueryTimeout(1);
            ResultSet rows = statement.executeQuery("TICKS");
            long start = System.nanoTime();
            assertThatThrownBy(rows::next)
                    .isInstanceOf(SQLTimeoutException.class)
                    .extracting(e -> ((SQLException) e).getSQLState())
                    .isEqualTo("57014");
            assertThat(System.nanoTime() - start).isLessThan(2_000_000_000L);
            FakeServer.await(ticks::isCancelled);
            usable(statement);
        }
        server.result("MORE", FakeColumn.bigint("n"));
        try (PreparedStatement statement = connection.prepareStatement("MORE")) {
            statement.setQueryTimeout(1);
            ResultSet rows = statement.executeQuery();
            assertThatThrownBy(rows::next).isInstanceOf(SQLTimeoutException.class);
        }
    }

    @Test
    @DisplayName("ends with HY010 by ResultSet.close, and the statement runs again")
    void closeResult() throws Exception {
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("TICKS");
        assertThat(blocked(rows, rows::close).getSQLState()).isEqualTo("HY010");
        assertThat(ticks.isCancelled()).isTrue();
        assertThat(rows.isClosed()).isTrue();
        usable(statement);
    }

    @Test
    @DisplayName("ends with HY010 by Statement.close, which frees the server's side and never runs the query again")
    void closeStatement() throws Exception {
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("TICKS");
        assertThat(blocked(rows, statement::close).getSQLState()).isEqualTo("HY010");
        assertThat(server.openStatements()).isZero();
        assertThat(server.executions).hasValue(1);
        assertThat(rows.isClosed()).isTrue();
        assertThatThrownBy(() -> statement.executeQuery("TICKS")).hasMessage("statement is closed");
        usable(connection.createStatement());
    }

    @Test
    @DisplayName("ends with HY010 by Connection.close, which closes the statements")
    void closeConnection() throws Exception {
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("TICKS");
        assertThat(blocked(rows, connection::close).getSQLState()).isEqualTo("HY010");
        assertThat(statement.isClosed()).isTrue();
        assertThat(server.openConnections()).isZero();
        assertThatThrownBy(connection::createStatement).hasMessage("connection is closed");
    }

    @Test
    @DisplayName("ends when its thread is interrupted")
    void interrupt() throws Exception {
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("TICKS");
        Thread reader = Thread.currentThread();
        assertThat(blocked(rows, reader::interrupt).getSQLState()).isEqualTo("57014");
        assertThat(Thread.interrupted()).isTrue();
        FakeServer.await(ticks::isCancelled);
        usable(statement);
    }

    @Test
    @DisplayName("ends with the server's reason when the server ends the query")
    void killed() throws Exception {
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("TICKS");
        assertThat(blocked(rows, () -> ticks.fail("57014", "query was killed")).getMessage())
                .isEqualTo("query was killed");
    }

    @Nested
    @DisplayName("An execution that hangs")
    class Hanging {
        @Test
        @DisplayName("ends by cancel")
        void cancel() throws Exception {
            Statement statement = connection.createStatement();
            CompletableFuture<Void> other = CompletableFuture.runAsync(
                    () -> {
                        try {
                            statement.cancel();
                        } catch (SQLException failed) {
                            throw new IllegalStateException(failed);
                        }
                    },
                    CompletableFuture.delayedExecutor(200, TimeUnit.MILLISECONDS));
            assertThatThrownBy(() -> statement.executeQuery("HANG")).hasMessage("statement was cancelled");
            other.get(5, TimeUnit.SECONDS);
            usable(statement);
        }

        @Test
        @DisplayName("ends by its timeout")
        void timeout() throws Exception {
            Statement statement = connection.createStatement();
            statement.setQueryTimeout(1);
            assertThatThrownBy(() -> statement.executeQuery("HANG")).isInstanceOf(SQLTimeoutException.class);
            statement.setQueryTimeout(0);
            usable(statement);
        }
    }

    @Test
    @DisplayName("of a statement that closes on completion closes it with its result")
    void closeOnCompletion() throws Exception {
        Statement statement = connection.createStatement();
        statement.closeOnCompletion();
        ticks.push(1);
        ResultSet rows = statement.executeQuery("TICKS");
        assertThat(rows.next()).isTrue();
        rows.close();
        assertThat(statement.isClosed()).isTrue();
        assertThat(server.openStatements()).isZero();
    }
}
