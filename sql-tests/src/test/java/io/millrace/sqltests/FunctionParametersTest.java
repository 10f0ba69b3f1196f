package io.millrace.sqltests;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Date;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.Timestamp;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Question marks as arguments get the type that the function expects. */
@Timeout(60)
class FunctionParametersTest {
    @TempDir
    Path data;

    @Test
    void parametersTakeTheTypesOfArguments() throws Exception {
        try (LocalServer server = new LocalServer(data);
                Connection connection = server.connect("")) {
            check(connection, "4.0", "SELECT POWER(?, ?)", 2, 2.0);
            check(connection, "1.24", "SELECT ROUND(?, 2)", 1.239);
            check(connection, "xxa", "SELECT LPAD(?, ?, ?)", "a", 3, "x");
            check(connection, "true", "SELECT REGEXP_LIKE(?, ?)", "abc", "b.");
            check(connection, "2026", "SELECT TO_CHAR(?, 'YYYY')", Timestamp.valueOf("2026-01-01 00:00:00"));
            check(connection, "2026", "SELECT EXTRACT(YEAR FROM ?)", Timestamp.valueOf("2026-01-01 00:00:00"));
            check(connection, "2026-01-02", "SELECT MAKE_DATE(?, ?, ?)", 2026, 1, 2);
            check(connection, "4", "SELECT TIMESTAMPDIFF(DAY, ?, DATE '2026-01-05')", Date.valueOf("2026-01-01"));
            check(connection, "2", "SELECT MOD(?, 3)", 5);
        }
    }

    @Test
    void parametersTakeTheTypesOfOtherArguments() throws Exception {
        try (LocalServer server = new LocalServer(data);
                Connection connection = server.connect("")) {
            check(connection, "5", "SELECT GREATEST(?, 1)", 5);
            check(connection, "7", "SELECT COALESCE(?, 1)", 7);
            check(connection, "1", "SELECT COALESCE(?, 1)", (Object) null);
            check(connection, "6", "SELECT CASE WHEN 1 = 1 THEN ? ELSE 1 END", 6);
            check(connection, "one", "SELECT DECODE(?, 1, 'one')", 1);
            check(connection, "1", "SELECT NVL2(?, 1, 2)", "x");
        }
    }

    private static void check(Connection connection, String expected, String sql, Object... parameters)
            throws Exception {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < parameters.length; i++) {
                statement.setObject(i + 1, parameters[i]);
            }
            try (ResultSet results = statement.executeQuery()) {
                assertThat(results.next()).isTrue();
                assertThat(results.getString(1)).as(sql).isEqualTo(expected);
            }
        }
    }
}
