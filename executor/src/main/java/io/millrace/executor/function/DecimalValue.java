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
        if (high == low >> 63) {
            return precision > 18 || (low < PowersOfTen.LONGS[precision] && low > -PowersOfTen.LONGS[precision]);
        }
        if (precision <= 18) {
            return false;
        }
        if (high == Long.MIN_VALUE && low == 0) {
            return false;
        }
        long absoluteHigh = high < 0 ? Int128.negateHigh(high, low) : high;
        long absoluteLow = high < 0 ? -low : low;
        return Int128.compare(absoluteHigh, absoluteLow, PowersOfTen.high(precision), PowersOfTen.low(precision)) < 0;
    }
}
