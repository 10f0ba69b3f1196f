package io.millrace.executor.column;

import org.jspecify.annotations.Nullable;

/** Integers, booleans, dates, times, timestamps, intervals and decimals of up to 18 digits. */
public final class LongColumn extends Column {
    long[] values;

    /** Wraps the arrays; {@code values} has at least {@code size} elements. */
    public LongColumn(long[] values, long @Nullable [] nulls, int size) {
        this.values = values;
        reset(values, nulls, size);
    }

    /** Makes this column show other arrays, so that a reader can reuse it for each batch. */
    public void reset(long[] newValues, long @Nullable [] newNulls, int newSize) {
        values = newValues;
        nulls = newNulls;
        size = newSize;
    }

    /** The values; may be longer than {@link #size()}. */
    public long[] values() {
        return values;
    }

    public long get(int row) {
        return values[row];
    }
}
