package io.millrace.sqltests;

import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Timestamp;
import java.sql.Types;
import java.util.ArrayList;
import java.util.List;
import java.util.StringJoiner;

/** Reads results as lines of text: {@code a|b|NULL}; a line without text is {@code (empty)}. */
final class Rows {
    private Rows() {}

    /** All rows of a query that ends. */
    static List<String> of(Statement statement, String sql) throws SQLException {
        try (ResultSet results = statement.executeQuery(sql)) {
            return next(results, Integer.MAX_VALUE);
        }
    }

    /** The next rows, at most {@code count}; waits for them. */
    static List<String> next(ResultSet results, int count) throws SQLException {
        List<String> rows = new ArrayList<>();
        while (rows.size() < count && results.next()) {
            rows.add(current(results));
        }
        return rows;
    }

    /** The row on which the result stands. */
    static String current(ResultSet results) throws SQLException {
        StringJoiner row = new StringJoiner("|");
        for (int i = 1; i <= results.getMetaData().getColumnCount(); i++) {
            String value = results.getString(i);
            row.add(results.wasNull() ? "NULL" : value);
        }
        return row.length() == 0 ? "(empty)" : row.toString();
    }

    static String labels(ResultSetMetaData columns) throws SQLException {
        StringJoiner labels = new StringJoiner("|");
        for (int i = 1; i <= columns.getColumnCount(); i++) {
            labels.add(columns.getColumnLabel(i));
        }
        return labels.toString();
    }

    /** One letter per column: Boolean, Integer, Real (and decimal), Text, Date (and time), heX (bytes). */
    static String types(ResultSetMetaData columns) throws SQLException {
        StringBuilder types = new StringBuilder();
        for (int i = 1; i <= columns.getColumnCount(); i++) {
            types.append(letter(columns.getColumnType(i)));
        }
        return types.toString();
    }

    /** Microseconds since the epoch. */
    static long micros(Timestamp time) {
        return time.getTime() * 1_000 + time.getNanos() / 1_000 % 1_000;
    }

    private static char letter(int jdbcType) {
        return switch (jdbcType) {
            case Types.BOOLEAN -> 'B';
            case Types.TINYINT, Types.SMALLINT, Types.INTEGER, Types.BIGINT -> 'I';
            case Types.REAL, Types.FLOAT, Types.DOUBLE, Types.DECIMAL, Types.NUMERIC -> 'R';
            case Types.CHAR, Types.VARCHAR -> 'T';
            case Types.DATE, Types.TIME, Types.TIMESTAMP, Types.TIMESTAMP_WITH_TIMEZONE -> 'D';
            case Types.BINARY, Types.VARBINARY -> 'X';
            default -> '?';
        };
    }
}
