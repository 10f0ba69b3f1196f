package io.millrace.executor.aggregate;

import io.millrace.executor.checkpoint.StateReader;
import io.millrace.executor.checkpoint.StateWriter;
import io.millrace.executor.column.Column;
import io.millrace.executor.column.ColumnBuilder;
import io.millrace.executor.column.DoubleColumn;
import io.millrace.executor.state.GroupTable;
import org.jspecify.annotations.Nullable;

/**
 * SUM and AVG of doubles, exact and rounded once: {@code | count | words of the sum |}. So the order of the rows does not
 * matter, nor what has come and gone.
 */
final class DoubleSumAccumulator extends Accumulator {
    private static final int COUNT = 0;
    private static final int SUM = 1;
    private static final int PARTS = 3;

    private final boolean isAverage;
    private final DoubleSum sum;

    /** @param slot of tables, of its own */
    DoubleSumAccumulator(int offset, int slot, boolean isAverage) {
        super(offset);
        this.isAverage = isAverage;
        sum = new DoubleSum(PARTS, slot, FixedPointSum.DOUBLE_EXPONENT);
    }

    @Override
    int words() {
        return SUM + sum.words();
    }

    @Override
    boolean hasSide() {
        return true;
    }

    @Override
    void add(
            GroupTable table, int[] groups, @Nullable Column column, int[] rows, int count, long @Nullable [] weights) {
        if (!(column instanceof DoubleColumn doubles)) {
            throw new IllegalArgumentException("no sum of doubles in " + column);
        }
        double[] values = doubles.values();
        if (weights != null) {
            addWeighted(table, groups, values, rows, count, weights);
            return;
        }
        for (int i = 0; i < count; i++) {
            long[] page = table.page(groups[i]);
            int at = table.at(groups[i]) + offset;
            page[at + COUNT]++;
            sum.add(table, page, at + SUM, values[rows[i]]);
        }
    }

    private void addWeighted(GroupTable table, int[] groups, double[] values, int[] rows, int count, long[] weights) {
        for (int i = 0; i < count; i++) {
            long[] page = table.page(groups[i]);
            int at = table.at(groups[i]) + offset;
            long weight = weights[rows[i]];
            page[at + COUNT] += weight;
            sum.add(table, page, at + SUM, values[rows[i]], weight);
            if (page[at + COUNT] == 0) {
                sum.releaseIfZero(table, page, at + SUM);
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
            page[at + COUNT] += source[sourceAt + COUNT];
            sum.merge(from, source, sourceAt + SUM, into, page, at + SUM);
        }
    }

    @Override
    void result(GroupTable table, int group, ColumnBuilder out) {
        long[] page = table.page(group);
        int at = table.at(group) + offset;
        long count = page[at + COUNT];
        if (count == 0) {
            out.appendNull();
        } else {
            out.appendDouble(isAverage ? sum.average(table, page, at + SUM, count) : sum.sum(table, page, at + SUM));
        }
    }

    @Override
    void forget(GroupTable table, int group) {
        sum.forget(table, table.page(group), table.at(group) + offset + SUM);
    }

    @Override
    void save(GroupTable table, int group, StateWriter out) {
        long[] page = table.page(group);
        int at = table.at(group) + offset;
        out.number(page[at + COUNT]);
        sum.save(table, page, at + SUM, out);
    }

    @Override
    void restore(GroupTable table, int group, StateReader in) {
        long[] page = table.page(group);
        int at = table.at(group) + offset;
        page[at + COUNT] = in.number();
        sum.restore(table, page, at + SUM, in);
    }
}
