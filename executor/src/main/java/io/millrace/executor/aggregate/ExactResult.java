package io.millrace.executor.aggregate;

import io.millrace.error.ErrorCode;
import io.millrace.error.MillraceException;
import io.millrace.executor.column.ColumnBuilder;
import io.millrace.executor.column.Int128;
import io.millrace.plan.DataType;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.math.RoundingMode;

/** What an exact sum and count become. */
interface ExactResult {
    void append(BigInteger sum, long count, ColumnBuilder out);

    /** The same for a sum that fits in a long, which most do. */
    default void appendLong(long sum, long count, ColumnBuilder out) {
        append(BigInteger.valueOf(sum), count, out);
    }

    /** SUM of integers. */
    record BigintSum() implements ExactResult {
        @Override
        public void append(BigInteger sum, long count, ColumnBuilder out) {
            throw new MillraceException(ErrorCode.NUMERIC_OUT_OF_RANGE, "bigint out of range");
        }

        @Override
        public void appendLong(long sum, long count, ColumnBuilder out) {
            out.appendLong(sum);
        }
    }

    /** SUM of decimals; the scale of the sum is the type's. */
    record DecimalSum(DataType type) implements ExactResult {
        @Override
        public void append(BigInteger sum, long count, ColumnBuilder out) {
            appendUnscaled(Int128.unscaled(new BigDecimal(sum, type.scale()), type), type, out);
        }
    }

    /** AVG of decimals, rounded half up to the scale of the type. */
    record DecimalAverage(int inputScale, DataType type) implements ExactResult {
        @Override
        public void append(BigInteger sum, long count, ColumnBuilder out) {
            BigDecimal average = new BigDecimal(sum, inputScale)
                    .divide(BigDecimal.valueOf(count), type.scale(), RoundingMode.HALF_UP);
            appendUnscaled(Int128.unscaled(average, type), type, out);
        }
    }

    /** AVG of integers. */
    record DoubleAverage() implements ExactResult {
        private static final long EXACT_IN_DOUBLE = 1L << 53;
        private static final MathContext ROUNDING = new MathContext(40);

        @Override
        public void append(BigInteger sum, long count, ColumnBuilder out) {
            out.appendDouble(new BigDecimal(sum)
                    .divide(BigDecimal.valueOf(count), ROUNDING)
                    .doubleValue());
        }

        @Override
        public void appendLong(long sum, long count, ColumnBuilder out) {
            if (sum >= -EXACT_IN_DOUBLE && sum <= EXACT_IN_DOUBLE && count <= EXACT_IN_DOUBLE) {
                out.appendDouble((double) sum / count);
            } else {
                append(BigInteger.valueOf(sum), count, out);
            }
        }
    }

    private static void appendUnscaled(BigInteger unscaled, DataType type, ColumnBuilder out) {
        if (type.storage() == DataType.Storage.LONG) {
            out.appendLong(unscaled.longValue());
        } else {
            out.appendDecimal(Int128.high(unscaled), Int128.low(unscaled));
        }
    }
}
