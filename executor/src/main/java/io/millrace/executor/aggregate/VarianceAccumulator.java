package io.millrace.executor.aggregate;

import io.millrace.executor.column.Column;
import io.millrace.executor.column.ColumnBuilder;
import io.millrace.executor.column.DecimalColumn;
import io.millrace.executor.column.DoubleColumn;
import io.millrace.executor.column.Int128;
import io.millrace.executor.column.LongColumn;
import io.millrace.executor.state.GroupTable;
import io.millrace.plan.AggregateFunction;
import io.millrace.plan.DataType;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import org.jspecify.annotations.Nullable;

/** Variances and deviations after Welford: {@code | count | mean | sum of squared differences from the mean |}. */
final class VarianceAccumulator extends Accumulator {
    private static final int COUNT = 0;
    private static final int MEAN = 1;
    private static final int SQUARES = 2;

    /** Up to this, every whole number is a double. */
    private static final long EXACT = 1L << 53;

    private final boolean isSample;
    private final boolean isDeviation;
    private final DataType input;
    private final DataType type;
    /** Ten to the power of the scale of a DECIMAL of up to 18 digits: a double holds it exactly. */
    private final double scaleFactor;

    VarianceAccumulator(int offset, AggregateFunction function, DataType input, DataType type) {
        super(offset);
        isSample = function == AggregateFunction.VAR_SAMP || function == AggregateFunction.STDDEV_SAMP;
        isDeviation = function == AggregateFunction.STDDEV_POP || function == AggregateFunction.STDDEV_SAMP;
        this.input = input;
        this.type = type;
        this.scaleFactor = BigDecimal.TEN.pow(input.scale()).doubleValue();
    }

    @Override
    int words() {
        return 3;
    }

    @Override
    void add(GroupTable table, int[] groups, @Nullable Column column, int[] rows, int count) {
        for (int i = 0; i < count; i++) {
            add(table.page(groups[i]), table.at(groups[i]) + offset, value(column, rows[i]));
        }
    }

    private double value(@Nullable Column column, int row) {
        if (column instanceof DoubleColumn doubles) {
            return doubles.get(row);
        }
        if (column instanceof LongColumn longs) {
            return value(longs.get(row));
        }
        DecimalColumn decimals = (DecimalColumn) java.util.Objects.requireNonNull(column);
        return Int128.toBigDecimal(decimals.high()[row], decimals.low()[row], input.scale())
                .doubleValue();
    }

    private double value(long unscaled) {
        if (input.scale() == 0) {
            return unscaled;
        }
        // both sides of the division are exact, so it is rounded once, as BigDecimal does, without one for each row
        return Math.abs(unscaled) <= EXACT
                ? unscaled / scaleFactor
                : BigDecimal.valueOf(unscaled, input.scale()).doubleValue();
    }

    private static void add(long[] page, int at, double value) {
        long count = ++page[at + COUNT];
        double mean = Double.longBitsToDouble(page[at + MEAN]);
        double difference = value - mean;
        double newMean = mean + difference / count;
        page[at + MEAN] = Double.doubleToRawLongBits(newMean);
        page[at + SQUARES] = Double.doubleToRawLongBits(
                Double.longBitsToDouble(page[at + SQUARES]) + difference * (value - newMean));
    }

    @Override
    void merge(GroupTable from, int first, GroupTable into, int[] groups, int count) {
        for (int i = 0; i < count; i++) {
            merge(from.page(first + i), from.at(first + i) + offset, into.page(groups[i]), into.at(groups[i]) + offset);
        }
    }

    private static void merge(long[] source, int sourceAt, long[] page, int at) {
        long added = source[sourceAt + COUNT];
        if (added == 0) {
            return;
        }
        long own = page[at + COUNT];
        long count = own + added;
        double mean = Double.longBitsToDouble(page[at + MEAN]);
        double difference = Double.longBitsToDouble(source[sourceAt + MEAN]) - mean;
        page[at + COUNT] = count;
        page[at + MEAN] = Double.doubleToRawLongBits(mean + difference * added / count);
        page[at + SQUARES] = Double.doubleToRawLongBits(Double.longBitsToDouble(page[at + SQUARES])
                + Double.longBitsToDouble(source[sourceAt + SQUARES])
                + difference * difference * own / count * added);
    }

    @Override
    void result(GroupTable table, int group, ColumnBuilder out) {
        long[] page = table.page(group);
        int at = table.at(group) + offset;
        long divisor = page[at + COUNT] - (isSample ? 1 : 0);
        if (divisor <= 0) {
            out.appendNull();
            return;
        }
        double variance = Double.longBitsToDouble(page[at + SQUARES]) / divisor;
        double result = isDeviation ? Math.sqrt(variance) : variance;
        if (type.kind() != DataType.Kind.DECIMAL) {
            out.appendDouble(result);
            return;
        }
        BigDecimal rounded = BigDecimal.valueOf(result).setScale(type.scale(), RoundingMode.HALF_UP);
        BigInteger unscaled = Int128.unscaled(rounded, type);
        out.appendDecimal(Int128.high(unscaled), Int128.low(unscaled));
    }
}
