package io.millrace.sqltests;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
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
}
