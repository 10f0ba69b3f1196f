package io.millrace.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@DisplayName("A continuous query")
@Timeout(30)
class StreamingTest {
    private final FakeServer server = new FakeServer();
    private final FakeResult ticks = server.result("TICKS", FakeColumn.bigint("n"), FakeColumn.varchar("name"));
    private Connection connection;

    @BeforeEach
    void connect() throws SQLException {
        connection = server.connect();
    }

    @AfterEach
    void stop() throws SQLException {
        connection.close();
        server.close();
    }

    @Test
    @DisplayName("is open before its first row exists, and hands over each row without waiting for the next")
    void deliversAtOnce() throws Exception {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("TICKS")) {
            long worst = 0;
            for (long i = 0; i < 50; i++) {
                long number = i;
                CompletableFuture<Long> pushed = CompletableFuture.supplyAsync(
                        () -> {
                            long now = System.nanoTime();
                            ticks.push(number, "row");
                            return now;
                        },
                        CompletableFuture.delayedExecutor(5, TimeUnit.MILLISECONDS));
                assertThat(rows.next()).isTrue();
                long seen = System.nanoTime();
                assertThat(rows.getLong(1)).isEqualTo(i);
                if (i >= 10) {
                    worst = Math.max(worst, seen - pushed.get());
                }
            }
            System.out.println("worst latency " + worst / 1000 + " us");
            assertThat(worst).isLessThan(500_000_000L);
        }
    }

    @Test
    @DisplayName("waits longer than one fetch")
    void waits() throws Exception {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("TICKS")) {
            CompletableFuture.runAsync(
                    () -> ticks.push(1, "late"), CompletableFuture.delayedExecutor(1300, TimeUnit.MILLISECONDS));
            assertThat(rows.next()).isTrue();
            assertThat(rows.getString("NAME")).isEqualTo("late");
        }
    }

    @Test
    @DisplayName("that ends gives false after its last row")
    void ends() throws Exception {
        ticks.push(1, "a");
        ticks.push(2, "b");
        ticks.finish();
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("TICKS")) {
            assertThat(names(rows)).containsExactly("a", "b");
            assertThat(rows.next()).isFalse();
            assertThatThrownBy(() -> rows.getLong(1)).hasMessageContaining("not on a row");
        }
    }

    @Test
    @DisplayName("gives the rows before a failure, then the failure")
    void fails() throws Exception {
        ticks.push(1, "a");
        ticks.fail("22012", "division by zero");
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("TICKS")) {
            assertThat(rows.next()).isTrue();
            assertThatThrownBy(rows::next)
                    .isInstanceOf(SQLException.class)
                    .hasMessage("division by zero")
                    .extracting(e -> ((SQLException) e).getSQLState())
                    .isEqualTo("22012");
        }
    }

    @Test
    @DisplayName("stops after max rows and is ended on the server, prepared or not")
    void maxRows() throws Exception {
        for (int i = 0; i < 10; i++) {
            ticks.push(i, "r" + i);
        }
        try (Statement statement = connection.createStatement()) {
            statement.setMaxRows(4);
            assertThat(names(statement.executeQuery("TICKS"))).hasSize(4);
        }
        FakeServer.await(ticks::isCancelled);

        FakeResult more = server.result("MORE", FakeColumn.bigint("n"), FakeColumn.varchar("name"));
        for (int i = 0; i < 10; i++) {
            more.push(i, "r" + i);
        }
        try (PreparedStatement statement = connection.prepareStatement("MORE")) {
            statement.setMaxRows(4);
            statement.setFetchSize(3);
            assertThat(names(statement.executeQuery())).hasSize(4);
            FakeServer.await(more::isCancelled);
        }
    }

    @Test
    @DisplayName("comes whole and in order whatever the fetch size")
    void fetchSizes() throws Exception {
        for (int i = 0; i < 5000; i++) {
            ticks.push(i, "r" + i);
        }
        ticks.finish();
        for (int size : new int[] {0, 1, 7, 1024, 100_000}) {
            try (Statement statement = connection.createStatement()) {
                statement.setFetchSize(size);
                ResultSet rows = statement.executeQuery("TICKS");
                for (int i = 0; i < (size == 1 ? 100 : 5000); i++) {
                    assertThat(rows.next()).isTrue();
                    if (rows.getLong(1) != i) {
                        assertThat(rows.getLong(1)).isEqualTo(i);
                    }
                }
            }
        }
        try (Statement statement = connection.createStatement()) {
            assertThatThrownBy(() -> statement.setFetchSize(-1)).hasMessageContaining("must not be negative");
        }
    }

    @Test
    @DisplayName("runs beside a hundred others on one connection")
    void hundred() throws Exception {
        List<Statement> statements = new ArrayList<>();
        List<CompletableFuture<String>> first = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            server.result("S" + i, FakeColumn.bigint("n"), FakeColumn.varchar("name"));
            Statement statement = connection.createStatement();
            ResultSet rows = statement.executeQuery("S" + i);
            statements.add(statement);
            CompletableFuture<String> row = new CompletableFuture<>();
            Thread reader = new Thread(() -> {
                try {
                    rows.next();
                    row.complete(rows.getString(2));
                } catch (SQLException failed) {
                    row.completeExceptionally(failed);
                }
            });
            reader.setDaemon(true);
            reader.start();
            first.add(row);
        }
        assertThat(connection.isValid(5)).isTrue();
        for (int i = 99; i >= 0; i--) {
            server.results.get("S" + i).push(i, "name " + i);
            assertThat(first.get(i).get(10, TimeUnit.SECONDS)).isEqualTo("name " + i);
        }
        for (Statement statement : statements) {
            statement.close();
        }
        assertThat(server.openStatements()).isZero();
    }

    @Test
    @DisplayName("takes parameters when it is prepared")
    void parameters() throws Exception {
        server.result("ECHO ? ?", FakeColumn.bigint("n"), FakeColumn.varchar("name"));
        try (PreparedStatement statement = connection.prepareStatement("ECHO ? ?")) {
            assertThat(statement.getParameterMetaData().getParameterCount()).isEqualTo(2);
            assertThat(statement.getMetaData().getColumnCount()).isEqualTo(2);
            statement.setLong(1, 5);
            assertThatThrownBy(statement::executeQuery).hasMessage("parameter 2 is not set");
            statement.setString(2, "Grüße 🌍");
            ResultSet rows = statement.executeQuery();
            assertThat(rows.next()).isTrue();
            assertThat(rows.getLong("n")).isEqualTo(5);
            assertThat(rows.getString(2)).isEqualTo("Grüße 🌍");
        }
    }

    private static List<String> names(ResultSet rows) throws SQLException {
        List<String> names = new ArrayList<>();
        while (rows.next()) {
            names.add(rows.getString(2));
        }
        return names;
    }
}
