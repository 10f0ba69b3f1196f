package io.millrace.sqltests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.file.Path;
import java.sql.BatchUpdateException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a program sees of a mistake: a SQLSTATE, where it is, and nothing of the inside. */
@Timeout(30)
class ErrorsTest {
    private LocalServer server;
    private Connection connection;
    private Statement statement;

    @BeforeEach
    void start(@TempDir Path data) throws Exception {
        server = new LocalServer(data);
        server.run("CREATE STREAM events (n INTEGER NOT NULL, name VARCHAR(3))", "INSERT INTO events VALUES (1, 'a')");
        connection = server.connect("");
        statement = connection.createStatement();
    }

    @AfterEach
    void stop() throws Exception {
        connection.close();
        server.close();
    }

    private static SQLException check(String state, String message, ThrowingCallable code) {
        SQLException failure = catchThrowableOfType(SQLException.class, code);
        assertThat((Throwable) failure).as("a failure with %s", message).isNotNull();
        assertThat(failure.getSQLState()).as(failure.getMessage()).isEqualTo(state);
        assertThat(failure.getMessage())
                .contains(message)
                .doesNotContain("Remote driver error", "Exception", "\tat ", "io.millrace", "org.apache");
        return failure;
    }

    @Test
    void ofStatements() {
        check("42601", "line 1, column 8", () -> statement.executeQuery("SELECT FROM events WHERE"));
        check("42703", "line 1, column 8", () -> statement.executeQuery("SELECT nome FROM events"));
        check("42P01", "nowhere", () -> statement.executeQuery("SELECT * FROM nowhere"));
        check("42P07", "events", () -> statement.execute("CREATE STREAM events (n INTEGER)"));
        check("23502", "\"n\"", () -> statement.executeUpdate("INSERT INTO events (name) VALUES ('a')"));
        check("22001", "", () -> statement.executeUpdate("INSERT INTO events VALUES (1, 'much too long')"));
        check("22012", "", () -> Rows.of(statement, "SELECT 1 / (n - n) FROM events"));
        check("0A000", "", () -> statement.executeQuery("SELECT STREAM a.n FROM events a JOIN events b ON a.n = b.n"));
        check("07005", "executeQuery", () -> statement.executeUpdate("SELECT n FROM events"));
        check("07005", "executeUpdate", () -> statement.executeQuery("INSERT INTO events VALUES (2, 'b')"));
    }

    @Test
    void ofResults() throws Exception {
        ResultSet rows = statement.executeQuery("SELECT n, name FROM events");
        check("24000", "next()", () -> rows.getInt(1));
        rows.next();
        check("42703", "no column 0", () -> rows.getInt(0));
        check("42703", "no column 3", () -> rows.getString(3));
        check("42703", "no column 3", () -> rows.getObject(3, Long.class));
        check("42703", "no column \"nome\"", () -> rows.getString("nome"));
        check("42703", "no column \"nome\"", () -> rows.findColumn("nome"));
        check("42703", "no column 9", () -> rows.getMetaData().getColumnName(9));
        check("07006", "\"n\"", () -> rows.getBytes("n"));
        check("22018", "name", () -> rows.getInt("name"));
        assertThat(rows.getInt("N")).isEqualTo(1);
        rows.close();
        check("HY010", "closed", rows::next);
    }

    @Test
    void ofParameters() throws Exception {
        try (PreparedStatement insert = connection.prepareStatement("INSERT INTO events VALUES (?, ?)")) {
            insert.setInt(1, 7);
            check("07001", "2", insert::executeUpdate);
            check("22023", "3", () -> insert.setInt(3, 7));
            check("22023", "0", () -> insert.setString(0, "x"));
            insert.setString(2, "too long");
            check("22001", "", insert::executeUpdate);
            insert.addBatch();
            BatchUpdateException failure = (BatchUpdateException) check("22001", "", insert::executeBatch);
            assertThat(failure.getUpdateCounts()).isEmpty();
        }
        assertThat(Rows.of(statement, "SELECT COUNT(*) FROM events")).containsExactly("1");
    }

    @Test
    void ofWhatIsClosed() throws Exception {
        statement.close();
        check("HY010", "closed", () -> statement.executeQuery("SELECT 1"));
        connection.close();
        check("08003", "closed", connection::createStatement);
        check("08003", "closed", () -> connection.prepareStatement("SELECT 1"));
    }
}
