package io.millrace.executor.column;

import org.jspecify.annotations.Nullable;

/** Floating-point numbers; a REAL holds values that are exact floats. */
public final class DoubleColumn extends Column {
    double[] values;

    /** Wraps the arrays; {@code values} has at least {@code size} elements. */
    public DoubleColumn(double[] values, long @Nullable [] nulls, int size) {
        this.values = values;
        reset(values, nulls, size);
    }

    /** Makes this column show other arrays, so that a reader can reuse it for each batch. */
    public void reset(double[] newValues, long @Nullable [] newNulls, int newSize) {
        values = newValues;
        nulls = newNulls;
        size = newSize;
    }

    /** The values; may be longer than {@link #size()}. */
    public double[] values() {
        return values;
    }

    public double get(int row) {
        return values[row];
    }
}
