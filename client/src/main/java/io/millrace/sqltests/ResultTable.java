package io.millrace.sqltests;

import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Types;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What a query gave.
 *
 * @param types a letter per column: Boolean, Integer, Real (and decimal), Text, Date (and time), heX (bytes)
 * @param rows values as {@code getString} has them
 */
record ResultTable(List<String> labels, String types, List<List<@Nullable String>> rows) {
    /** Reads all rows that are left. */
    static ResultTable read(ResultSet results) throws SQLException {
        ResultSetMetaData columns = results.getMetaData();
        List<String> labels = new ArrayList<>();
        StringBuilder types = new StringBuilder();
        for (int i = 1; i <= columns.getColumnCount(); i++) {
            labels.add(columns.getColumnLabel(i));
            types.append(letter(columns.getColumnType(i)));
        }
        List<List<@Nullable String>> rows = new ArrayList<>();
        while (results.next()) {
            rows.add(current(results, labels.size()));
        }
        return new ResultTable(labels, types.toString(), rows);
    }

    int columnCount() {
        return labels.size();
    }

    /** The row on which the result stands. */
    static List<@Nullable String> current(ResultSet results, int columns) throws SQLException {
        @Nullable String[] values = new @Nullable String[columns];
        for (int i = 0; i < columns; i++) {
            values[i] = results.getString(i + 1);
        }
        return Collections.unmodifiableList(Arrays.asList(values));
    }

    /** A row as one line: {@code a|b|NULL}, and {@code (empty)} where no text is. */
    static String line(List<@Nullable String> row) {
        String line = row.stream().map(value -> value == null ? "NULL" : value).collect(Collectors.joining("|"));
        return line.isEmpty() ? "(empty)" : line;
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
