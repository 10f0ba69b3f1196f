package io.millrace.executor.table;

import io.millrace.executor.column.Column;
import java.util.List;

/**
 * What one statement does to a table: first rows go, then others come.
 *
 * @param removed numbers of rows that are visible in the version that the statement saw, each once
 * @param added one column per declared column of the table, of any size
 */
public record TableChange(int[] removed, List<Column> added, int addedRows) {
    private static final int[] NOTHING = {};

    public static TableChange insert(List<Column> columns, int rows) {
        return new TableChange(NOTHING, columns, rows);
    }

    public static TableChange delete(int[] rows) {
        return new TableChange(rows, List.of(), 0);
    }

    /** @param columns the new rows, as many as go */
    public static TableChange update(int[] rows, List<Column> columns) {
        return new TableChange(rows, columns, rows.length);
    }

    boolean isEmpty() {
        return removed.length == 0 && addedRows == 0;
    }

    int size() {
        return removed.length + addedRows;
    }
}
