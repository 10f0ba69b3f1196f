package io.millrace.executor.aggregate;

import io.millrace.executor.column.Column;
import io.millrace.executor.column.ColumnBuilder;
import io.millrace.executor.column.LongColumn;
import io.millrace.executor.state.GroupTable;
import org.jspecify.annotations.Nullable;

/** BIT_AND and BIT_OR of integers that may be taken away: {@code | count | how many have bit 0 | … | bit 63 |}. */
final class BitCountsAccumulator extends Accumulator {
    private static final int COUNT = 0;
    private static final int BITS = 1;

    private final boolean isAnd;

    BitCountsAccumulator(int offset, boolean isAnd) {
        super(offset);
        this.isAnd = isAnd;
    }

    @Override
    int words() {
        return BITS + Long.SIZE;
    }

    @Override
    void add(
            GroupTable table, int[] groups, @Nullable Column column, int[] rows, int count, long @Nullable [] weights) {
        if (!(column instanceof LongColumn longs)) {
            throw new IllegalArgumentException("no bits in " + column);
        }
        for (int i = 0; i < count; i++) {
            long[] page = table.page(groups[i]);
            int at = table.at(groups[i]) + offset;
            long weight = weight(weights, rows[i]);
            page[at + COUNT] += weight;
            for (long bits = longs.get(rows[i]); bits != 0; bits &= bits - 1) {
                page[at + BITS + Long.numberOfTrailingZeros(bits)] += weight;
            }
        }
    }

    @Override
    void merge(GroupTable from, int first, GroupTable into, int[] groups, int count) {
        for (int i = 0; i < count; i++) {
            long[] source = from.page(first + i);
            int sourceAt = from.at(first + i) + offset;
            long[] page = into.page(groups[i]);
            int at = into.at(groups[i]) + offset;
            for (int word = 0; word < words(); word++) {
                page[at + word] += source[sourceAt + word];
            }
        }
    }

    @Override
    void result(GroupTable table, int group, ColumnBuilder out) {
        long[] page = table.page(group);
        int at = table.at(group) + offset;
        if (page[at + COUNT] == 0) {
            out.appendNull();
            return;
        }
        long least = isAnd ? page[at + COUNT] : 1;
        long result = 0;
        for (int bit = 0; bit < Long.SIZE; bit++) {
            result |= page[at + BITS + bit] >= least ? 1L << bit : 0;
        }
        out.appendLong(result);
    }
}
