package io.millrace.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@DisplayName("When replies or the server are lost")
@Timeout(40)
class LossTest {
    private final FakeServer server = new FakeServer();

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    @DisplayName("an INSERT is asked for again under its id, and inserts once")
    void insertOnce() throws Exception {
        try (Connection connection = server.connect();
                PreparedStatement insert = connection.prepareStatement("INSERT ?")) {
            insert.setInt(1, 7);
            server.repliesToLose.set(3);
            assertThat(insert.executeUpdate()).isEqualTo(1);
            assertThat(server.executions).hasValue(4);
            assertThat(server.inserted).hasSize(1);

            insert.addBatch();
            insert.addBatch();
            server.repliesToLose.set(2);
            assertThat(insert.executeBatch()).containsExactly(1, 1);
            assertThat(server.inserted).hasSize(3);
        }
    }

    @Test
    @DisplayName("an answer that never comes is 08006 after the retry timeout")
    void retryTimeout() throws Exception {
        try (Connection connection = server.connect("retryTimeout=300ms");
                Statement statement = connection.createStatement()) {
            server.repliesToLose.set(1_000_000);
            long start = System.nanoTime();
            assertThatThrownBy(() -> statement.executeUpdate("INSERT 1"))
                    .extracting(e -> ((SQLException) e).getSQLState())
                    .isEqualTo("08006");
            assertThat(System.nanoTime() - start).isLessThan(3_000_000_000L);
            assertThat(server.inserted).hasSize(1);
        }
    }

    @Test
    @DisplayName("a query whose answer was lost is opened")
    void query() throws Exception {
        server.result("TICKS", FakeColumn.bigint("n")).push(1);
        try (Connection connection = server.connect();
                Statement statement = connection.createStatement()) {
            server.repliesToLose.set(1);
            ResultSet rows = statement.executeQuery("TICKS");
            assertThat(rows.next()).isTrue();
        }
    }

    @Test
    @DisplayName("an INSERT through the same connection works after a restart, prepared again")
    void restart() throws Exception {
        try (Connection connection = server.connect();
                PreparedStatement insert = connection.prepareStatement("INSERT ?");
                Statement statement = connection.createStatement()) {
            insert.setInt(1, 7);
            insert.executeUpdate();
            server.stop();
            CompletableFuture.runAsync(server::start, CompletableFuture.delayedExecutor(500, TimeUnit.MILLISECONDS));
            insert.setInt(1, 8);
            assertThat(insert.executeUpdate()).isEqualTo(1);
            assertThat(statement.executeUpdate("INSERT 9")).isEqualTo(1);
            assertThat(server.inserted).hasSize(3);
            assertThat(server.insertedByRequest).hasSize(3);
            assertThat(connection.isValid(5)).isTrue();
        }
    }

    @Test
    @DisplayName("a result that a restarted server does not have ends with 08006, and the statement runs again")
    void resultAfterRestart() throws Exception {
        server.result("TICKS", FakeColumn.bigint("n"));
        try (Connection connection = server.connect();
                Statement statement = connection.createStatement()) {
            ResultSet rows = statement.executeQuery("TICKS");
            server.stop();
            server.start();
            assertThatThrownBy(rows::next)
                    .hasMessageContaining("the server no longer has this result")
                    .extracting(e -> ((SQLException) e).getSQLState())
                    .isEqualTo("08006");
            assertThat(server.executions).hasValue(1);
            server.results.get("TICKS").push(5);
            ResultSet again = statement.executeQuery("TICKS");
            assertThat(again.next()).isTrue();
        }
    }

    @Test
    @DisplayName("the id of an old statement is never taken for a new one's")
    void oldIds() throws Exception {
        FakeResult mine = server.result("MINE", FakeColumn.bigint("n"));
        server.result("OTHER", FakeColumn.bigint("n")).push(1);
        try (Connection connection = server.connect()) {
            Statement old = connection.createStatement();
            ResultSet rows = old.executeQuery("MINE");
            mine.push(3);
            assertThat(rows.next()).isTrue();
            server.stop();
            server.start();
            Statement fresh = connection.createStatement();
            ResultSet others = fresh.executeQuery("OTHER");
            assertThatThrownBy(rows::next).hasMessageContaining("no longer has this result");
            old.close();
            assertThat(others.next()).isTrue();
            assertThat(server.openStatements()).isEqualTo(1);
        }
    }

    @Test
    @DisplayName("without reconnect the first loss is 08006")
    void noReconnect() throws Exception {
        try (Connection connection = server.connect("reconnect=false");
                Statement statement = connection.createStatement()) {
            server.repliesToLose.set(1);
            assertThatThrownBy(() -> statement.executeUpdate("INSERT 1"))
                    .extracting(e -> ((SQLException) e).getSQLState())
                    .isEqualTo("08006");
            server.stop();
            server.start();
            assertThatThrownBy(() -> statement.executeUpdate("INSERT 1"))
                    .hasMessageContaining("no longer knows this connection");
            assertThat(connection.isValid(1)).isFalse();
        }
    }

    @Test
    @DisplayName("waiting for the server can be cancelled, and closing does not wait for it")
    void cancelWhileLost() throws Exception {
        Connection connection = server.connect();
        Statement statement = connection.createStatement();
        server.stop();
        CompletableFuture.runAsync(
                () -> {
                    try {
                        statement.cancel();
                    } catch (SQLException failed) {
                        throw new IllegalStateException(failed);
                    }
                },
                CompletableFuture.delayedExecutor(200, TimeUnit.MILLISECONDS));
        assertThatThrownBy(() -> statement.executeUpdate("INSERT 1")).hasMessage("statement was cancelled");
        assertThat(connection.isValid(1)).isFalse();
        statement.close();
        connection.close();
        assertThat(connection.isClosed()).isTrue();
    }

    @Test
    @DisplayName("connecting to nobody is 08001 at once")
    void nobody() {
        server.stop();
        assertThatThrownBy(server::connect)
                .isInstanceOf(SQLException.class)
                .hasMessageStartingWith("cannot connect to localhost:")
                .extracting(e -> ((SQLException) e).getSQLState())
                .isEqualTo("08001");
    }
}
