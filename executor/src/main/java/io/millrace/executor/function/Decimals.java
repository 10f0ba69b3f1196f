package io.millrace.executor.function;

import io.millrace.executor.column.Int128;
import io.millrace.executor.column.PowersOfTen;
import io.millrace.plan.DataType;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;

/**
 * Arithmetic on unscaled decimals. What fits in 64 bits is computed with primitives; only wider numbers take the way
 * through BigInteger.
 */
final class Decimals {
    private Decimals() {}

    static void add(Operand a, Operand b, int row, DataType type, DecimalValue out) {
        long aHigh = a.highAt(row);
        long bHigh = b.highAt(row);
        long high = Int128.addHigh(aHigh, a.longAt(row), bHigh, b.longAt(row));
        if (Int128.addOverflows(aHigh, bHigh, high)) {
            throw EvaluationErrors.outOfRange(type);
        }
        out.set(high, a.longAt(row) + b.longAt(row));
    }

    static void subtract(Operand a, Operand b, int row, DataType type, DecimalValue out) {
        long aHigh = a.highAt(row);
        long bHigh = b.highAt(row);
        long high = Int128.subtractHigh(aHigh, a.longAt(row), bHigh, b.longAt(row));
        if (Int128.subtractOverflows(aHigh, bHigh, high)) {
            throw EvaluationErrors.outOfRange(type);
        }
        out.set(high, a.longAt(row) - b.longAt(row));
    }

    static void multiply(Operand a, Operand b, int row, DataType type, DecimalValue out) {
        int scale = a.type.scale() + b.type.scale();
        if (isLong(a, row) && isLong(b, row)) {
            long x = a.longAt(row);
            long y = b.longAt(row);
            out.set(Math.multiplyHigh(x, y), x * y);
            rescale(out, scale, type.scale(), RoundingMode.HALF_UP, type);
            return;
        }
        BigInteger product = big(a, row).multiply(big(b, row));
        out.set(rescaled(product, scale, type.scale(), RoundingMode.HALF_UP), type);
    }

    static void divide(Operand a, Operand b, int row, DataType type, DecimalValue out) {
        if (b.longAt(row) == 0 && b.highAt(row) == 0) {
            throw EvaluationErrors.divisionByZero();
        }
        int up = type.scale() - a.type.scale() + b.type.scale();
        if (up >= 0 && up <= 18 && isLong(a, row) && isLong(b, row)) {
            long x = a.longAt(row);
            long scaled = x * PowersOfTen.LONGS[up];
            boolean exact = Math.multiplyHigh(x, PowersOfTen.LONGS[up]) == scaled >> 63 && scaled != Long.MIN_VALUE;
            if (exact && b.longAt(row) != Long.MIN_VALUE) {
                out.set(divideHalfUp(scaled, b.longAt(row)));
                return;
            }
        }
        BigDecimal dividend = new BigDecimal(big(a, row), a.type.scale());
        BigDecimal divisor = new BigDecimal(big(b, row), b.type.scale());
        out.set(dividend.divide(divisor, type.scale(), RoundingMode.HALF_UP).unscaledValue(), type);
    }

    /** Both operands have the scale of the result. */
    static void remainder(Operand a, Operand b, int row, DataType type, DecimalValue out) {
        if (b.longAt(row) == 0 && b.highAt(row) == 0) {
            throw EvaluationErrors.divisionByZero();
        }
        if (isLong(a, row) && isLong(b, row)) {
            out.set(a.longAt(row) % b.longAt(row));
            return;
        }
        out.set(big(a, row).remainder(big(b, row)), type);
    }

    /** Changes the scale of {@code value}. */
    static void rescale(DecimalValue value, int from, int to, RoundingMode rounding, DataType type) {
        if (from == to) {
            return;
        }
        if (value.high == value.low >> 63) {
            long number = value.low;
            if (to > from && to - from <= 18) {
                long factor = PowersOfTen.LONGS[to - from];
                value.set(Math.multiplyHigh(number, factor), number * factor);
                return;
            }
            if (from > to && from - to <= 18) {
                value.set(divideRounded(number, PowersOfTen.LONGS[from - to], rounding));
                return;
            }
        }
        value.set(rescaled(Int128.toBigInteger(value.high, value.low), from, to, rounding), type);
    }

    /** Rounds to {@code digits} after the point (before it, when negative) and keeps the scale. */
    static void roundAt(DecimalValue value, int scale, long digits, RoundingMode rounding, DataType type) {
        if (digits >= scale) {
            return;
        }
        if (scale - digits > PowersOfTen.MAX) {
            value.set(0);
            return;
        }
        int to = (int) digits;
        rescale(value, scale, to, rounding, type);
        rescale(value, to, scale, rounding, type);
    }

    static BigInteger rescaled(BigInteger value, int from, int to, RoundingMode rounding) {
        if (to >= from) {
            return value.multiply(PowersOfTen.big(to - from));
        }
        return new BigDecimal(value)
                .divide(new BigDecimal(PowersOfTen.big(from - to)), 0, rounding)
                .unscaledValue();
    }

    static boolean isLong(Operand operand, int row) {
        return operand.highAt(row) == operand.longAt(row) >> 63;
    }

    static BigInteger big(Operand operand, int row) {
        return Int128.toBigInteger(operand.highAt(row), operand.longAt(row));
    }

    static double toDouble(Operand operand, int row) {
        int scale = operand.type.scale();
        long number = operand.longAt(row);
        // both exact in a double, so that one division rounds once
        if (isLong(operand, row) && Math.abs(number) < 1L << 53 && scale <= 15) {
            return (double) number / PowersOfTen.LONGS[scale];
        }
        return new BigDecimal(big(operand, row), scale).doubleValue();
    }

    private static long divideHalfUp(long dividend, long divisor) {
        long quotient = dividend / divisor;
        long rest = Math.abs(dividend % divisor);
        if (rest >= Math.abs(divisor) - rest) {
            return quotient + ((dividend ^ divisor) < 0 ? -1 : 1);
        }
        return quotient;
    }

    /** {@code divisor} is positive. */
    private static long divideRounded(long dividend, long divisor, RoundingMode rounding) {
        return switch (rounding) {
            case HALF_UP -> divideHalfUp(dividend, divisor);
            case FLOOR -> Math.floorDiv(dividend, divisor);
            case CEILING -> -Math.floorDiv(-dividend, divisor);
            default -> dividend / divisor;
        };
    }
}
