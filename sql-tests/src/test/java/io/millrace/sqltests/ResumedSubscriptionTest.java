package io.millrace.sqltests;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Subscriptions that go on after a position, and end at one. */
@Timeout(60)
class ResumedSubscriptionTest {
    private LocalServer server;
    private Connection connection;
    private Statement statement;

    @BeforeEach
    void start(@TempDir Path data) throws Exception {
        server = new LocalServer(data);
        server.run(
                "CREATE TABLE t (a INT)",
                "CREATE TABLE other (a INT)",
                "CREATE MATERIALIZED VIEW v AS SELECT a FROM t",
                "CREATE MATERIALIZED VIEW w AS SELECT a FROM other");
        connection = server.connect("");
        statement = connection.createStatement();
    }

    @AfterEach
    void stop() throws Exception {
        connection.close();
        server.close();
    }

    @Test
    void it_ends_when_its_last_position_has_passed_without_a_change() throws SQLException {
        long before = position();
        statement.executeUpdate("INSERT INTO t VALUES (1)");
        long changed = position();
        statement.executeUpdate("INSERT INTO other VALUES (1)");
        long after = position();
        assertThat(changed).isGreaterThan(before);
        assertThat(after).isGreaterThan(changed);
        assertThat(rows("FALSE", before, after)).containsExactly(changed + " +I 1");
        assertThat(rows("TRUE", before, after)).endsWith(after + " =P null");
        assertThat(rows("TRUE", changed, after)).containsExactly(after + " =P null");
        assertThat(rows("FALSE", changed, after)).isEmpty();
    }

    @Test
    void what_comes_after_its_last_position_is_not_given() throws SQLException {
        long before = position();
        statement.executeUpdate("INSERT INTO t VALUES (1)");
        long middle = position();
        statement.executeUpdate("INSERT INTO t VALUES (2)");
        assertThat(rows("FALSE", before, middle)).containsExactly(middle + " +I 1");
        assertThat(rows("FALSE", middle, position())).containsExactly(position() + " +I 2");
    }

    private List<String> rows(String progress, long after, long upTo) throws SQLException {
        List<String> rows = new ArrayList<>();
        try (ResultSet results = statement.executeQuery("SUBSCRIBE TO v WITH (PROGRESS = " + progress
                + ") SINCE AFTER POSITION " + after + " UP TO POSITION " + upTo)) {
            while (results.next()) {
                rows.add(results.getLong("mr_pos") + " " + results.getString("mr_op") + " " + results.getString("a"));
            }
        }
        return rows;
    }

    /** Of a step that has taken in all that was inserted. */
    private long position() throws SQLException {
        try (ResultSet results = statement.executeQuery(
                "SELECT MAX(p) FROM (SELECT MR_POSITION() AS p FROM (SELECT COUNT(*) FROM v CROSS JOIN w))")) {
            results.next();
            return results.getLong(1);
        }
    }
}
