package io.millrace.executor.aggregate;

import io.millrace.executor.column.Column;
import io.millrace.executor.column.ColumnBuilder;
import io.millrace.executor.column.DecimalColumn;
import io.millrace.executor.column.LongColumn;
import io.millrace.executor.state.GroupTable;
import org.jspecify.annotations.Nullable;

/**
 * SUM and AVG of integers and decimals, exact: {@code | count | low | middle | high |}, two's complement. 192 bits hold
 * any sum of 128-bit numbers, so only a result can be out of range, never what is on the way to it. LONG columns do
 * without the high word.
 */
final class ExactSumAccumulator extends Accumulator {
    private static final int COUNT = 0;
    private static final int LOW = 1;
    private static final int MIDDLE = 2;
    private static final int HIGH = 3;

    private final boolean isWide;
    private final ExactResult result;

    ExactSumAccumulator(int offset, boolean isWide, ExactResult result) {
        super(offset);
        this.isWide = isWide;
        this.result = result;
    }

    @Override
    int words() {
        return isWide ? 4 : 3;
    }

    @Override
    void add(
            GroupTable table, int[] groups, @Nullable Column column, int[] rows, int count, long @Nullable [] weights) {
        if (weights != null) {
            addWeighted(table, groups, column, rows, count, weights);
        } else if (column instanceof LongColumn longs) {
            addLongs(table, groups, longs.values(), rows, count);
        } else if (column instanceof DecimalColumn decimals) {
            for (int i = 0; i < count; i++) {
                long high = decimals.high()[rows[i]];
                long[] page = table.page(groups[i]);
                int at = table.at(groups[i]) + offset;
                page[at + COUNT]++;
                addWide(page, at, decimals.low()[rows[i]], high, high >> 63);
            }
        } else {
            throw new IllegalArgumentException("no exact sum of " + column);
        }
    }

    private void addWeighted(
            GroupTable table, int[] groups, @Nullable Column column, int[] rows, int count, long[] weights) {
        int words = words() - LOW;
        for (int i = 0; i < count; i++) {
            int row = rows[i];
            long weight = weights[row];
            long[] page = table.page(groups[i]);
            int at = table.at(groups[i]) + offset;
            page[at + COUNT] += weight;
            if (column instanceof LongColumn longs) {
                long value = longs.values()[row];
                WideWords.addTimes(page, at + LOW, words, value >> 63, value, weight);
            } else if (column instanceof DecimalColumn decimals) {
                WideWords.addTimes(page, at + LOW, words, decimals.high()[row], decimals.low()[row], weight);
            }
        }
    }

    private void addLongs(GroupTable table, int[] groups, long[] values, int[] rows, int count) {
        for (int i = 0; i < count; i++) {
            long value = values[rows[i]];
            long[] page = table.page(groups[i]);
            int at = table.at(groups[i]) + offset;
            long low = page[at + LOW] + value;
            page[at + COUNT]++;
            page[at + MIDDLE] += (value >> 63) + (Long.compareUnsigned(low, value) < 0 ? 1 : 0);
            page[at + LOW] = low;
        }
    }

    private static void addWide(long[] page, int at, long low, long middle, long high) {
        long lowSum = page[at + LOW] + low;
        long lowCarry = Long.compareUnsigned(lowSum, low) < 0 ? 1 : 0;
        long middleSum = page[at + MIDDLE] + middle;
        long middleCarry = Long.compareUnsigned(middleSum, middle) < 0 ? 1 : 0;
        long carried = middleSum + lowCarry;
        middleCarry += carried == 0 && lowCarry == 1 ? 1 : 0;
        page[at + LOW] = lowSum;
        page[at + MIDDLE] = carried;
        page[at + HIGH] += high + middleCarry;
    }

    @Override
    void merge(GroupTable from, int first, GroupTable into, int[] groups, int count) {
        for (int i = 0; i < count; i++) {
            long[] source = from.page(first + i);
            int sourceAt = from.at(first + i) + offset;
            long[] page = into.page(groups[i]);
            int at = into.at(groups[i]) + offset;
            page[at + COUNT] += source[sourceAt + COUNT];
            if (isWide) {
                addWide(page, at, source[sourceAt + LOW], source[sourceAt + MIDDLE], source[sourceAt + HIGH]);
            } else {
                long added = source[sourceAt + LOW];
                page[at + LOW] += added;
                page[at + MIDDLE] +=
                        source[sourceAt + MIDDLE] + (Long.compareUnsigned(page[at + LOW], added) < 0 ? 1 : 0);
            }
        }
    }

    @Override
    void result(GroupTable table, int group, ColumnBuilder out) {
        long[] page = table.page(group);
        int at = table.at(group) + offset;
        long count = page[at + COUNT];
        long low = page[at + LOW];
        long middle = page[at + MIDDLE];
        if (count == 0) {
            out.appendNull();
        } else if (low >> 63 == middle && (!isWide || page[at + HIGH] == middle)) {
            result.appendLong(low, count, out);
        } else {
            result.append(WideWords.value(page, at + LOW, words() - LOW), count, out);
        }
    }
}
