package io.millrace.sqltests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Continuous queries, row by row. */
@Timeout(30)
class StreamingTest {
    private static final String TAIL = "SELECT STREAM n, name FROM events";

    private LocalServer server;
    private Connection connection;

    @BeforeEach
    void start(@TempDir Path data) throws Exception {
        server = new LocalServer(data);
        server.run("CREATE STREAM events (n INTEGER, name VARCHAR)");
        connection = server.connect("");
    }

    @AfterEach
    void stop() throws Exception {
        connection.close();
        server.close();
    }

    private void insert(int n) throws SQLException {
        server.run("INSERT INTO events VALUES (" + n + ", 'name " + n + "')");
    }

    @Test
    void aQueryIsOpenBeforeItsFirstRowAndEachRowComesWithoutASuccessor() throws Exception {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(TAIL)) {
            assertThat(server.runningQueries()).isOne();
            for (int n = 1; n <= 3; n++) {
                insert(n);
                assertThat(rows.next()).isTrue();
                assertThat(rows.getInt("n")).isEqualTo(n);
                assertThat(rows.getString("NAME")).isEqualTo("name " + n);
            }
        }
        assertThat(server.runningQueries()).isZero();
    }

    @Test
    void aRowComesSoonAfterItsInsert() throws Exception {
        int count = 200;
        long[] micros = new long[count];
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(TAIL);
                PreparedStatement insert = connection.prepareStatement("INSERT INTO events VALUES (?, 'x')")) {
            for (int n = 0; n < count; n++) {
                insert.setInt(1, n);
                insert.executeUpdate();
                long acknowledged = System.nanoTime();
                assertThat(rows.next()).isTrue();
                micros[n] = TimeUnit.NANOSECONDS.toMicros(System.nanoTime() - acknowledged);
            }
        }
        Arrays.sort(micros);
        System.out.printf(
                "from the acknowledgement of an INSERT to next(): p50 %d us, p99 %d us%n",
                micros[count / 2], micros[count * 99 / 100]);
        assertThat(micros[count / 2]).isLessThan(200_000);
    }

    @Test
    void limitsEndAContinuousQueryHereAndOnTheServer() throws Exception {
        try (Statement statement = connection.createStatement()) {
            statement.setMaxRows(2);
            statement.setFetchSize(1);
            ResultSet rows = statement.executeQuery(TAIL);
            insert(1);
            insert(2);
            assertThat(rows.next()).isTrue();
            assertThat(rows.next()).isTrue();
            server.awaitRunningQueries(0);
            assertThat(rows.next()).isFalse();
            statement.setMaxRows(0);
            ResultSet limited = statement.executeQuery("SELECT STREAM n FROM events LIMIT 2");
            insert(3);
            insert(4);
            assertThat(Rows.next(limited, 10)).containsExactly("3", "4");
            assertThat(server.runningQueries()).isZero();
        }
    }

    @Test
    void maxRowsOfABoundedQueryIsKept() throws Exception {
        server.run("INSERT INTO events VALUES (1, 'a'), (2, 'b'), (3, 'c')");
        try (Statement statement = connection.createStatement();
                PreparedStatement prepared = connection.prepareStatement("SELECT n FROM events WHERE n > ?")) {
            statement.setMaxRows(2);
            assertThat(Rows.of(statement, "SELECT n FROM events")).containsExactly("1", "2");
            prepared.setMaxRows(1);
            prepared.setInt(1, 1);
            assertThat(Rows.next(prepared.executeQuery(), 10)).containsExactly("2");
        }
    }

    @Test
    void parametersOfAContinuousQueryAreBound() throws Exception {
        try (PreparedStatement prepared =
                connection.prepareStatement("SELECT STREAM n FROM events WHERE name LIKE ? LIMIT ?")) {
            prepared.setString(1, "%7%");
            prepared.setInt(2, 2);
            ResultSet rows = prepared.executeQuery();
            for (int n : new int[] {6, 7, 8, 17}) {
                insert(n);
            }
            assertThat(Rows.next(rows, 10)).containsExactly("7", "17");
        }
    }

    @Test
    void manyStatementsStreamOnOneConnection() throws Exception {
        int count = 100;
        List<Statement> statements = new ArrayList<>();
        List<ResultSet> results = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            Statement statement = connection.createStatement();
            statements.add(statement);
            results.add(statement.executeQuery("SELECT STREAM n FROM events WHERE n = " + i));
        }
        assertThat(server.runningQueries()).isEqualTo(count);
        for (int i = count - 1; i >= 0; i--) {
            insert(i);
            assertThat(results.get(i).next()).isTrue();
            assertThat(results.get(i).getInt(1)).isEqualTo(i);
        }
        for (Statement statement : statements) {
            statement.close();
        }
        assertThat(server.runningQueries()).isZero();
    }

    @Test
    void aTimeoutEndsTheQueryHereAndOnTheServer() throws Exception {
        try (Statement statement = connection.createStatement()) {
            statement.setQueryTimeout(1);
            ResultSet rows = statement.executeQuery(TAIL);
            assertThatThrownBy(rows::next)
                    .isInstanceOf(java.sql.SQLTimeoutException.class)
                    .extracting(failure -> ((SQLException) failure).getSQLState())
                    .isEqualTo("57014");
            server.awaitRunningQueries(0);
            statement.setQueryTimeout(0);
            assertThat(Rows.of(statement, "SELECT COUNT(*) FROM events")).containsExactly("0");
        }
    }
}
