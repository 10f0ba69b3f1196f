package io.millrace.executor.aggregate;

import io.millrace.executor.column.Column;
import io.millrace.executor.column.ColumnBuilder;
import io.millrace.executor.column.DoubleColumn;
import io.millrace.executor.state.GroupTable;
import org.jspecify.annotations.Nullable;

/**
 * SUM and AVG of doubles, compensated after Neumaier: {@code | count | sum | compensation |}. What depends on order
 * depends on the order of the rows only, never on where batches end.
 */
final class DoubleSumAccumulator extends Accumulator {
    private static final int COUNT = 0;
    private static final int SUM = 1;
    private static final int COMPENSATION = 2;

    private final boolean isAverage;

    DoubleSumAccumulator(int offset, boolean isAverage) {
        super(offset);
        this.isAverage = isAverage;
    }

    @Override
    int words() {
        return 3;
    }

    @Override
    void add(GroupTable table, int[] groups, @Nullable Column column, int[] rows, int count) {
        if (!(column instanceof DoubleColumn doubles)) {
            throw new IllegalArgumentException("no sum of doubles in " + column);
        }
        double[] values = doubles.values();
        for (int i = 0; i < count; i++) {
            long[] page = table.page(groups[i]);
            int at = table.at(groups[i]) + offset;
            page[at + COUNT]++;
            add(page, at, values[rows[i]]);
        }
    }

    private static void add(long[] page, int at, double value) {
        double sum = Double.longBitsToDouble(page[at + SUM]);
        double next = sum + value;
        double lost = Math.abs(sum) >= Math.abs(value) ? (sum - next) + value : (value - next) + sum;
        page[at + SUM] = Double.doubleToRawLongBits(next);
        addCompensation(page, at, lost);
    }

    private static void addCompensation(long[] page, int at, double lost) {
        double compensation = Double.longBitsToDouble(page[at + COMPENSATION]);
        page[at + COMPENSATION] = Double.doubleToRawLongBits(compensation + lost);
    }

    @Override
    void merge(GroupTable from, int first, GroupTable into, int[] groups, int count) {
        for (int i = 0; i < count; i++) {
            long[] source = from.page(first + i);
            int sourceAt = from.at(first + i) + offset;
            long[] page = into.page(groups[i]);
            int at = into.at(groups[i]) + offset;
            page[at + COUNT] += source[sourceAt + COUNT];
            add(page, at, Double.longBitsToDouble(source[sourceAt + SUM]));
            addCompensation(page, at, Double.longBitsToDouble(source[sourceAt + COMPENSATION]));
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
        double sum = Double.longBitsToDouble(page[at + SUM]);
        if (Double.isFinite(sum)) {
            sum += Double.longBitsToDouble(page[at + COMPENSATION]);
        }
        out.appendDouble(isAverage ? sum / page[at + COUNT] : sum);
    }
}
