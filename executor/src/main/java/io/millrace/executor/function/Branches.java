package io.millrace.executor.function;

import io.millrace.executor.column.Column;
import io.millrace.executor.column.ColumnBuilder;
import io.millrace.executor.column.Selection;
import io.millrace.plan.DataType;
import java.util.Arrays;

/** Puts one column together from rows of several, as CASE and COALESCE do. */
final class Branches {
    private static final int NONE = -1;

    private final Column[] columns;
    private final ColumnBuilder builder;

    private int[] chosen = {};
    private int rowCount;

    Branches(DataType type, int count) {
        columns = new Column[count];
        builder = ColumnBuilder.of(type);
    }

    void start(int newRowCount) {
        rowCount = newRowCount;
        if (chosen.length < rowCount) {
            chosen = new int[rowCount];
        }
        Arrays.fill(chosen, 0, rowCount, NONE);
    }

    /** Row r of {@code column} is the result for each row r of {@code rows}. */
    void take(int branch, Column column, Selection rows) {
        columns[branch] = column;
        for (int i = 0; i < rows.count(); i++) {
            chosen[rows.rows()[i]] = branch;
        }
    }

    /** The rows that no branch has given are NULL. */
    Column finish() {
        for (int row = 0; row < rowCount; row++) {
            int branch = chosen[row];
            if (branch == NONE) {
                builder.appendNull();
            } else {
                builder.append(columns[branch], row);
            }
        }
        return builder.build();
    }
}
