package io.millrace.executor.column;

import org.jspecify.annotations.Nullable;

/**
 * The values of one column of a batch, row 0 to {@code size - 1}, in arrays of primitives. Which class stands for which
 * SQL type is told by {@code DataType.Storage}.
 *
 * <p>Not thread-safe. A column that an operator is given belongs to its producer and is valid until the call returns;
 * whoever keeps values copies them. Values at null rows are arbitrary, but safe to read.
 */
public abstract sealed class Column permits LongColumn, DoubleColumn, StringColumn, DecimalColumn {
    /** The most rows of a batch: one block of the log, and what stays in the L2 cache. */
    public static final int MAX_ROWS = 4096;

    int size;

    /** Bit r % 64 of word r / 64 is set when row r is NULL; null when no row is. */
    long @Nullable [] nulls;

    public final int size() {
        return size;
    }

    public final boolean hasNulls() {
        return nulls != null;
    }

    public final boolean isNull(int row) {
        long[] words = nulls;
        return words != null && (words[row >> 6] & (1L << row)) != 0;
    }

    /** The null bits (set = NULL), null when no row is NULL. Owned by the column. */
    public final long @Nullable [] nulls() {
        return nulls;
    }
}
