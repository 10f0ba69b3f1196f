package io.millrace.executor.function;

import io.millrace.executor.column.Int128;
import io.millrace.plan.DataType;
import java.math.BigInteger;

/** The unscaled result of a decimal kernel; reused for each row. */
final class DecimalValue {
    long high;
    long low;

    void set(long newHigh, long newLow) {
        high = newHigh;
        low = newLow;
    }

    void set(long value) {
        set(value >> 63, value);
    }

    void set(BigInteger value, DataType type) {
        if (value.bitLength() > 127) {
            throw EvaluationErrors.outOfRange(type);
        }
        set(Int128.high(value), Int128.low(value));
    }

    /** Whether the number has at most {@code precision} digits. */
    boolean fits(int precision) {
        return Int128.fits(high, low, precision);
    }
}
