package io.millrace.sqltests;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Look-ups by key, prepared once and executed often. */
@Timeout(60)
class PreparedLookUpTest {
    private LocalServer server;
    private Connection connection;

    @BeforeEach
    void start(@TempDir Path data) throws Exception {
        server = new LocalServer(data);
        server.run(
                "CREATE TABLE items (id INTEGER PRIMARY KEY, name VARCHAR, n BIGINT)",
                "INSERT INTO items VALUES (1, 'one', 10), (2, NULL, 20), (3, 'three', NULL)");
        connection = server.connect("");
    }

    @AfterEach
    void stop() throws Exception {
        connection.close();
        server.close();
    }

    private static String row(ResultSet rows) throws SQLException {
        StringBuilder text = new StringBuilder();
        for (int i = 1; i <= rows.getMetaData().getColumnCount(); i++) {
            text.append(i == 1 ? "" : "|")
                    .append(rows.getMetaData().getColumnLabel(i))
                    .append('=')
                    .append(rows.getString(i));
        }
        return text.toString();
    }

    private static String lookUp(PreparedStatement select, int id) throws SQLException {
        select.setInt(1, id);
        try (ResultSet rows = select.executeQuery()) {
            String found = rows.next() ? row(rows) : "none";
            assertThat(rows.next()).isFalse();
            return found;
        }
    }

    @Test
    void findTheRowOrNone() throws Exception {
        try (PreparedStatement select = connection.prepareStatement("SELECT name, n FROM items WHERE id = ?")) {
            for (int i = 0; i < 100; i++) {
                assertThat(lookUp(select, 1)).isEqualTo("name=one|n=10");
                assertThat(lookUp(select, 2)).isEqualTo("name=null|n=20");
                assertThat(lookUp(select, 3)).isEqualTo("name=three|n=null");
                assertThat(lookUp(select, 4)).isEqualTo("none");
            }
            select.setNull(1, Types.INTEGER);
            assertThat(select.executeQuery().next()).isFalse();
        }
        try (PreparedStatement select =
                connection.prepareStatement("SELECT name FROM items WHERE id = ? AND n > 10 AND name IS NULL")) {
            assertThat(lookUp(select, 1)).isEqualTo("none");
            assertThat(lookUp(select, 2)).isEqualTo("name=null");
        }
        assertThat(server.runningQueries()).isZero();
    }

    @Test
    void seeWhatWasChangedSince() throws Exception {
        try (PreparedStatement select = connection.prepareStatement("SELECT n FROM items WHERE id = ?")) {
            assertThat(lookUp(select, 1)).isEqualTo("n=10");
            server.run("UPDATE items SET n = 11 WHERE id = 1", "DELETE FROM items WHERE id = 2");
            assertThat(lookUp(select, 1)).isEqualTo("n=11");
            assertThat(lookUp(select, 2)).isEqualTo("none");
        }
    }

    @Test
    void showTheColumnsOfATableThatWasMadeAnew() throws Exception {
        try (PreparedStatement select = connection.prepareStatement("SELECT * FROM items WHERE id = ?")) {
            assertThat(lookUp(select, 1)).isEqualTo("id=1|name=one|n=10");
            server.run(
                    "DROP TABLE items",
                    "CREATE TABLE items (id INTEGER PRIMARY KEY, price DECIMAL(10, 2))",
                    "INSERT INTO items VALUES (1, 2.50)");
            assertThat(lookUp(select, 1)).isEqualTo("id=1|price=2.50");
            assertThat(lookUp(select, 2)).isEqualTo("none");
        }
    }
}
