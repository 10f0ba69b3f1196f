package io.millrace.executor.aggregate;

import io.millrace.executor.column.Column;
import io.millrace.executor.column.ColumnBuilder;
import io.millrace.executor.column.LongColumn;
import io.millrace.executor.state.GroupTable;
import org.jspecify.annotations.Nullable;

/** BIT_AND and BIT_OR of integers: {@code | present | bits |}. Nothing can be taken away. */
final class BitAccumulator extends Accumulator {
    private static final int PRESENT = 0;
    private static final int BITS = 1;

    private final boolean isAnd;

    BitAccumulator(int offset, boolean isAnd) {
        super(offset);
        this.isAnd = isAnd;
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
            add(table.page(groups[i]), table.at(groups[i]) + offset, longs.get(rows[i]));
        }
    }

    private void add(long[] page, int at, long bits) {
        if (page[at + PRESENT] == 0) {
            page[at + PRESENT] = 1;
            page[at + BITS] = bits;
            return;
        }
        page[at + BITS] = isAnd ? page[at + BITS] & bits : page[at + BITS] | bits;
    }

    @Override
    void merge(GroupTable from, int first, GroupTable into, int[] groups, int count) {
        for (int i = 0; i < count; i++) {
            long[] source = from.page(first + i);
            int sourceAt = from.at(first + i) + offset;
            if (source[sourceAt + PRESENT] != 0) {
                add(into.page(groups[i]), into.at(groups[i]) + offset, source[sourceAt + BITS]);
            }
        }
    }

    @Override
    void result(GroupTable table, int group, ColumnBuilder out) {
        long[] page = table.page(group);
        int at = table.at(group) + offset;
        if (page[at + PRESENT] == 0) {
            out.appendNull();
        } else {
            out.appendLong(page[at + BITS]);
        }
    }
}
