package io.millrace.executor.aggregate;

import io.millrace.executor.column.ColumnBuilder;
import io.millrace.executor.column.Int128;
import io.millrace.plan.AggregateFunction;
import io.millrace.plan.DataType;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;

/** A variance or deviation from the count, the exact sum and the exact sum of squares of the values; rounded once. */
final class VarianceResult {
    private final boolean isSample;
    private final boolean isDeviation;
    private final DataType type;

    VarianceResult(AggregateFunction function, DataType type) {
        isSample = function == AggregateFunction.VAR_SAMP || function == AggregateFunction.STDDEV_SAMP;
        isDeviation = function == AggregateFunction.STDDEV_POP || function == AggregateFunction.STDDEV_SAMP;
        this.type = type;
    }

    /** Whether so many values have no variance. */
    boolean isNull(long count) {
        return count <= (isSample ? 1 : 0);
    }

    /** For sums in units of {@code 10^-scale}. */
    void appendDecimals(long count, BigInteger sum, BigInteger squares, int scale, ColumnBuilder out) {
        BigInteger dividend = dividend(count, sum, squares);
        if (type.kind() == DataType.Kind.DECIMAL) {
            appendDecimal(dividend, divisor(count), -2 * scale, out);
        } else {
            appendDouble(dividend, divisor(count).multiply(BigInteger.TEN.pow(2 * scale)), 0, out);
        }
    }

    /** For a sum of squares in units of {@code 2^exponent}, and a sum in units of their root. */
    void appendDoubles(long count, BigInteger sum, BigInteger squares, int exponent, ColumnBuilder out) {
        appendDouble(dividend(count, sum, squares), divisor(count), exponent, out);
    }

    private static BigInteger dividend(long count, BigInteger sum, BigInteger squares) {
        return BigInteger.valueOf(count).multiply(squares).subtract(sum.multiply(sum));
    }

    private BigInteger divisor(long count) {
        return BigInteger.valueOf(count).multiply(BigInteger.valueOf(isSample ? count - 1 : count));
    }

    private void appendDouble(BigInteger dividend, BigInteger divisor, int exponent, ColumnBuilder out) {
        out.appendDouble(
                isDeviation
                        ? Rounding.squareRoot(dividend, divisor, exponent)
                        : Rounding.quotient(dividend, divisor, exponent));
    }

    private void appendDecimal(BigInteger dividend, BigInteger divisor, int exponent, ColumnBuilder out) {
        BigDecimal result;
        if (isDeviation) {
            // twice the root, cut, tells which way to round
            int up = 2 * type.scale() + exponent;
            BigInteger scaled = dividend.shiftLeft(2).multiply(BigInteger.TEN.pow(Math.max(0, up)));
            BigInteger twice = scaled.divide(divisor.multiply(BigInteger.TEN.pow(Math.max(0, -up))))
                    .sqrt();
            result = new BigDecimal(twice.add(BigInteger.ONE).shiftRight(1), type.scale());
        } else {
            result = new BigDecimal(dividend, -exponent)
                    .divide(new BigDecimal(divisor), type.scale(), RoundingMode.HALF_UP);
        }
        BigInteger unscaled = Int128.unscaled(result, type);
        if (type.storage() == DataType.Storage.LONG) {
            out.appendLong(unscaled.longValueExact());
        } else {
            out.appendDecimal(Int128.high(unscaled), Int128.low(unscaled));
        }
    }
}
