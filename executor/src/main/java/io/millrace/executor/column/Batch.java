package io.millrace.executor.column;

import org.jspecify.annotations.Nullable;

/**
 * At most {@link Column#MAX_ROWS} rows in columns. A batch and its columns are valid until the call that hands them over
 * returns; whoever keeps rows copies them.
 */
public interface Batch {
    /** How many rows the columns hold, selected or not. */
    int rowCount();

    /** A column; decoded at first use when the batch comes from the log. */
    Column column(int index);

    /** The rows that count; null when all do. */
    @Nullable
    Selection selection();

    /** The weight of each row, by its number: how often it comes, or, below 0, goes; null: all are +1. */
    default long @Nullable [] weights() {
        return null;
    }

    /** How many rows count. */
    default int selectedCount() {
        Selection selection = selection();
        return selection == null ? rowCount() : selection.count();
    }
}
