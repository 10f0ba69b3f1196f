package io.millrace.executor.operator;

import io.millrace.executor.column.Batch;
import io.millrace.executor.column.Column;
import io.millrace.executor.column.Selection;

/** The selected rows of a batch as an array, whether it has a selection or not. */
final class RowNumbers {
    private static final int[] ALL = new int[Column.MAX_ROWS];

    static {
        for (int row = 0; row < ALL.length; row++) {
            ALL[row] = row;
        }
    }

    private RowNumbers() {}

    /** Not to be changed; only the first {@link Batch#selectedCount()} are meant. */
    static int[] of(Batch batch) {
        Selection selection = batch.selection();
        return selection == null ? ALL : selection.rows();
    }
}
