package io.millrace.executor.column;

import org.jspecify.annotations.Nullable;

/** Decimals of 19 to 38 digits: the unscaled value as 128-bit two's complement, high and low word. */
public final class DecimalColumn extends Column {
    long[] high;
    long[] low;

    /** Wraps the arrays; both have at least {@code size} elements. */
    public DecimalColumn(long[] high, long[] low, long @Nullable [] nulls, int size) {
        this.high = high;
        this.low = low;
        reset(high, low, nulls, size);
    }

    /** Makes this column show other arrays, so that a reader can reuse it for each batch. */
    public void reset(long[] newHigh, long[] newLow, long @Nullable [] newNulls, int newSize) {
        high = newHigh;
        low = newLow;
        nulls = newNulls;
        size = newSize;
    }

    public long[] high() {
        return high;
    }

    public long[] low() {
        return low;
    }
}
