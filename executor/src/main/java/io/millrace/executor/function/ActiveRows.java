package io.millrace.executor.function;

import io.millrace.executor.column.Selection;
import org.jspecify.annotations.Nullable;

/** The rows that a kernel computes: selected, and without a NULL argument. */
final class ActiveRows {
    int[] rows = new int[0];
    int count;

    void find(int rowCount, @Nullable Selection selection, long @Nullable [] nulls) {
        if (rows.length < rowCount) {
            rows = new int[rowCount];
        }
        int found = 0;
        if (selection == null) {
            for (int row = 0; row < rowCount; row++) {
                rows[found] = row;
                found += isPresent(nulls, row);
            }
        } else {
            int[] selected = selection.rows();
            for (int i = 0; i < selection.count(); i++) {
                int row = selected[i];
                rows[found] = row;
                found += isPresent(nulls, row);
            }
        }
        count = found;
    }

    private static int isPresent(long @Nullable [] nulls, int row) {
        return nulls == null ? 1 : (int) (~nulls[row >> 6] >>> row) & 1;
    }
}
