package io.millrace.executor.aggregate;

import io.millrace.executor.column.Column;
import io.millrace.executor.column.ColumnBuilder;
import io.millrace.executor.column.DecimalColumn;
import io.millrace.executor.column.DoubleColumn;
import io.millrace.executor.column.Int128;
import io.millrace.executor.column.LongColumn;
import io.millrace.executor.state.GroupTable;
import io.millrace.executor.state.IndexSorter;
import io.millrace.plan.DataType;
import org.jspecify.annotations.Nullable;

/**
 * MIN and MAX of numbers, and of all that is a number in memory: {@code | present | value |}, with a low word for
 * decimals of 128 bits. A double is kept as a number of the same order, NaN greatest. Nothing can be taken away.
 */
final class ExtremumAccumulator extends Accumulator {
    private static final int PRESENT = 0;
    private static final int VALUE = 1;
    private static final int LOW = 2;

    private final boolean isMax;
    private final DataType.Storage storage;

    ExtremumAccumulator(int offset, boolean isMax, DataType.Storage storage) {
        super(offset);
        this.isMax = isMax;
        this.storage = storage;
    }

    @Override
    int words() {
        return storage == DataType.Storage.DECIMAL128 ? 3 : 2;
    }

    @Override
    void add(
            GroupTable table, int[] groups, @Nullable Column column, int[] rows, int count, long @Nullable [] weights) {
        for (int i = 0; i < count; i++) {
            long[] page = table.page(groups[i]);
            int at = table.at(groups[i]) + offset;
            if (column instanceof LongColumn longs) {
                add(page, at, longs.values()[rows[i]]);
            } else if (column instanceof DoubleColumn doubles) {
                add(page, at, sortable(doubles.values()[rows[i]]));
            } else if (column instanceof DecimalColumn decimals) {
                add(page, at, decimals.high()[rows[i]], decimals.low()[rows[i]]);
            }
        }
    }

    /** -0.0 counts as 0.0, so that it does not matter which of them came. */
    private static long sortable(double value) {
        return IndexSorter.sortable(Double.doubleToLongBits(value + 0.0));
    }

    private void add(long[] page, int at, long value) {
        if (page[at + PRESENT] == 0 || (isMax ? value > page[at + VALUE] : value < page[at + VALUE])) {
            page[at + PRESENT] = 1;
            page[at + VALUE] = value;
        }
    }

    private void add(long[] page, int at, long high, long low) {
        int order = Int128.compare(high, low, page[at + VALUE], page[at + LOW]);
        if (page[at + PRESENT] == 0 || (isMax ? order > 0 : order < 0)) {
            page[at + PRESENT] = 1;
            page[at + VALUE] = high;
            page[at + LOW] = low;
        }
    }

    @Override
    void merge(GroupTable from, int first, GroupTable into, int[] groups, int count) {
        for (int i = 0; i < count; i++) {
            long[] source = from.page(first + i);
            int sourceAt = from.at(first + i) + offset;
            if (source[sourceAt + PRESENT] == 0) {
                continue;
            }
            long[] page = into.page(groups[i]);
            int at = into.at(groups[i]) + offset;
            if (storage == DataType.Storage.DECIMAL128) {
                add(page, at, source[sourceAt + VALUE], source[sourceAt + LOW]);
            } else {
                add(page, at, source[sourceAt + VALUE]);
            }
        }
    }

    @Override
    void result(GroupTable table, int group, ColumnBuilder out) {
        long[] page = table.page(group);
        int at = table.at(group) + offset;
        if (page[at + PRESENT] == 0) {
            out.appendNull();
            return;
        }
        switch (storage) {
            case DOUBLE -> out.appendDouble(Double.longBitsToDouble(IndexSorter.sortable(page[at + VALUE])));
            case DECIMAL128 -> out.appendDecimal(page[at + VALUE], page[at + LOW]);
            default -> out.appendLong(page[at + VALUE]);
        }
    }
}
