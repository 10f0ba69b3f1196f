package io.millrace.executor.function;

import io.millrace.plan.DataType;

/** Range checks and rounding of single numbers. */
final class Numbers {
    private static final double TWO_TO_63 = 0x1p63;

    private Numbers() {}

    /** The value, if it is in the range of an integer type. */
    static long narrow(long value, DataType type) {
        int shift = LongArithmetic.shift(type);
        if ((value << shift) >> shift != value) {
            throw EvaluationErrors.outOfRange(value, type);
        }
        return value;
    }

    /** Truncates towards zero. */
    static long toLong(double value, DataType type) {
        if (!(value >= -TWO_TO_63 && value < TWO_TO_63)) {
            throw EvaluationErrors.outOfRange(value, type);
        }
        return narrow((long) value, type);
    }

    static long divide(long dividend, long divisor, DataType type) {
        if (divisor == 0) {
            throw EvaluationErrors.divisionByZero();
        }
        if (divisor == -1 && dividend == Long.MIN_VALUE) {
            throw EvaluationErrors.outOfRange(type);
        }
        return narrow(dividend / divisor, type);
    }

    static long remainder(long dividend, long divisor) {
        if (divisor == 0) {
            throw EvaluationErrors.divisionByZero();
        }
        return dividend % divisor;
    }

    static long negate(long value, DataType type) {
        if (value == Long.MIN_VALUE) {
            throw EvaluationErrors.outOfRange(type);
        }
        return narrow(-value, type);
    }

    /** Half away from zero. */
    static double round(double value) {
        double absolute = Math.abs(value);
        double whole = Math.floor(absolute);
        return Math.copySign(absolute - whole >= 0.5 ? whole + 1 : whole, value);
    }

    static double truncate(double value) {
        return value < 0 ? Math.ceil(value) : Math.floor(value);
    }
}
