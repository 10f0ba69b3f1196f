package io.millrace.executor.aggregate;

import io.millrace.executor.column.Column;
import io.millrace.executor.column.ColumnBuilder;
import io.millrace.executor.column.LongColumn;
import io.millrace.executor.state.GroupTable;
import org.jspecify.annotations.Nullable;

/** BIT_XOR of integers, in which a value is taken away as it was added: {@code | count | bits |}. */
final class BitXorAccumulator extends Accumulator {
    private static final int COUNT = 0;
    private static final int BITS = 1;

    BitXorAccumulator(int offset) {
        super(offset);
    }

    @Override
    int words() {
        return 2;
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
            page[at + BITS] ^= longs.get(rows[i]) & -(weight & 1);
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
            page[at + BITS] ^= source[sourceAt + BITS];
        }
    }

    @Override
    void result(GroupTable table, int group, ColumnBuilder out) {
        long[] page = table.page(group);
        int at = table.at(group) + offset;
        if (page[at + COUNT] == 0) {
            out.appendNull();
        } else {
            out.appendLong(page[at + BITS]);
        }
    }
}
