package io.millrace.executor.aggregate;

import io.millrace.executor.column.Column;
import io.millrace.executor.column.ColumnBuilder;
import io.millrace.executor.column.DecimalColumn;
import io.millrace.executor.column.Int128;
import io.millrace.executor.column.LongColumn;
import io.millrace.executor.state.GroupTable;
import java.math.BigInteger;
import org.jspecify.annotations.Nullable;

/**
 * Variances and deviations of integers and decimals, from exact sums: {@code | count | words of the sum | words of the sum
 * of squares |}. A sum of 64-bit numbers takes two words, of their squares three; of 128-bit numbers three and five.
 */
final class VarianceAccumulator extends Accumulator {
    private static final int COUNT = 0;
    private static final int SUM = 1;

    private final VarianceResult result;
    private final int scale;
    private final int sumWords;
    private final int squareWords;

    /** @param scale of the values, which are whole numbers of units */
    VarianceAccumulator(int offset, boolean isWide, int scale, VarianceResult result) {
        super(offset);
        this.result = result;
        this.scale = scale;
        sumWords = isWide ? 3 : 2;
        squareWords = isWide ? 5 : 3;
    }

    @Override
    int words() {
        return SUM + sumWords + squareWords;
    }

    @Override
    void add(
            GroupTable table, int[] groups, @Nullable Column column, int[] rows, int count, long @Nullable [] weights) {
        for (int i = 0; i < count; i++) {
            int row = rows[i];
            long weight = weight(weights, row);
            long[] page = table.page(groups[i]);
            int at = table.at(groups[i]) + offset;
            page[at + COUNT] += weight;
            if (column instanceof LongColumn longs) {
                add(page, at + SUM, longs.get(row), weight);
            } else if (column instanceof DecimalColumn decimals) {
                add(page, at + SUM, decimals.high()[row], decimals.low()[row], weight);
            }
        }
    }

    private void add(long[] page, int at, long value, long weight) {
        WideWords.addTimes(page, at, sumWords, value >> 63, value, weight);
        WideWords.addTimes(page, at + sumWords, squareWords, Math.multiplyHigh(value, value), value * value, weight);
    }

    private void add(long[] page, int at, long high, long low, long weight) {
        WideWords.addTimes(page, at, sumWords, high, low, weight);
        if (high == low >> 63) {
            WideWords.addTimes(page, at + sumWords, squareWords, Math.multiplyHigh(low, low), low * low, weight);
        } else {
            BigInteger value = Int128.toBigInteger(high, low);
            WideWords.add(
                    page, at + sumWords, squareWords, value.multiply(value).multiply(BigInteger.valueOf(weight)));
        }
    }

    @Override
    void merge(GroupTable from, int first, GroupTable into, int[] groups, int count) {
        for (int i = 0; i < count; i++) {
            long[] source = from.page(first + i);
            int sourceAt = from.at(first + i) + offset;
            long[] page = into.page(groups[i]);
            int at = into.at(groups[i]) + offset;
            page[at + COUNT] += source[sourceAt + COUNT];
            WideWords.add(page, at + SUM, sumWords, source, sourceAt + SUM);
            WideWords.add(page, at + SUM + sumWords, squareWords, source, sourceAt + SUM + sumWords);
        }
    }

    @Override
    void result(GroupTable table, int group, ColumnBuilder out) {
        long[] page = table.page(group);
        int at = table.at(group) + offset;
        if (result.isNull(page[at + COUNT])) {
            out.appendNull();
            return;
        }
        BigInteger sum = WideWords.value(page, at + SUM, sumWords);
        BigInteger squares = WideWords.value(page, at + SUM + sumWords, squareWords);
        result.appendDecimals(page[at + COUNT], sum, squares, scale, out);
    }
}
