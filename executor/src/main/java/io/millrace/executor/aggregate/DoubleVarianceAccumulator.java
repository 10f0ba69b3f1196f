package io.millrace.executor.aggregate;

import io.millrace.executor.checkpoint.StateReader;
import io.millrace.executor.checkpoint.StateWriter;
import io.millrace.executor.column.Column;
import io.millrace.executor.column.ColumnBuilder;
import io.millrace.executor.column.DoubleColumn;
import io.millrace.executor.state.GroupTable;
import org.jspecify.annotations.Nullable;

/** Variances and deviations of doubles: {@code | count | words of the sum | words of the sum of squares |}. */
final class DoubleVarianceAccumulator extends Accumulator {
    private static final int COUNT = 0;
    private static final int SUM = 1;
    private static final int SUM_PARTS = 3;
    /** A square has twice the bits of a value, and squares twice the range. */
    private static final int SQUARE_PARTS = 4;

    private final VarianceResult result;
    private final DoubleSum sum;
    private final DoubleSum squares;
    private final int squaresAt;

    /** @param slot of tables, of its own */
    DoubleVarianceAccumulator(int offset, int slot, VarianceResult result) {
        super(offset);
        this.result = result;
        sum = new DoubleSum(SUM_PARTS, slot, FixedPointSum.DOUBLE_EXPONENT);
        squares = new DoubleSum(SQUARE_PARTS, slot, FixedPointSum.SQUARE_EXPONENT);
        squaresAt = SUM + sum.words();
    }

    @Override
    int words() {
        return squaresAt + squares.words();
    }

    @Override
    boolean hasSide() {
        return true;
    }

    @Override
    void add(
            GroupTable table, int[] groups, @Nullable Column column, int[] rows, int count, long @Nullable [] weights) {
        if (!(column instanceof DoubleColumn doubles)) {
            throw new IllegalArgumentException("no doubles in " + column);
        }
        double[] values = doubles.values();
        if (weights != null) {
            addWeighted(table, groups, values, rows, count, weights);
            return;
        }
        for (int i = 0; i < count; i++) {
            double value = values[rows[i]];
            long[] page = table.page(groups[i]);
            int at = table.at(groups[i]) + offset;
            page[at + COUNT]++;
            sum.add(table, page, at + SUM, value);
            if (Double.isFinite(value)) {
                squares.addSquare(table, page, at + squaresAt, value, 1);
            }
        }
    }

    private void addWeighted(GroupTable table, int[] groups, double[] values, int[] rows, int count, long[] weights) {
        for (int i = 0; i < count; i++) {
            long weight = weights[rows[i]];
            double value = values[rows[i]];
            long[] page = table.page(groups[i]);
            int at = table.at(groups[i]) + offset;
            page[at + COUNT] += weight;
            sum.add(table, page, at + SUM, value, weight);
            if (Double.isFinite(value)) {
                squares.addSquare(table, page, at + squaresAt, value, weight);
            }
            if (page[at + COUNT] == 0) {
                sum.releaseIfZero(table, page, at + SUM);
                squares.releaseIfZero(table, page, at + squaresAt);
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
            squares.merge(from, source, sourceAt + squaresAt, into, page, at + squaresAt);
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
        if (sum.special(table, page, at + SUM) != 0) {
            out.appendDouble(Double.NaN);
            return;
        }
        int unit = sum.unit(table, page, at + SUM);
        int squareUnit = squares.unit(table, page, at + squaresAt);
        int common = Math.min(2 * unit, squareUnit) & -2;
        result.appendDoubles(
                page[at + COUNT],
                sum.exact(table, page, at + SUM, unit).shiftLeft(unit - common / 2),
                squares.exact(table, page, at + squaresAt, squareUnit).shiftLeft(squareUnit - common),
                common,
                out);
    }

    @Override
    void forget(GroupTable table, int group) {
        long[] page = table.page(group);
        int at = table.at(group) + offset;
        sum.forget(table, page, at + SUM);
        squares.forget(table, page, at + squaresAt);
    }

    @Override
    void save(GroupTable table, int group, StateWriter out) {
        long[] page = table.page(group);
        int at = table.at(group) + offset;
        out.number(page[at + COUNT]);
        sum.save(table, page, at + SUM, out);
        squares.save(table, page, at + squaresAt, out);
    }

    @Override
    void restore(GroupTable table, int group, StateReader in) {
        long[] page = table.page(group);
        int at = table.at(group) + offset;
        page[at + COUNT] = in.number();
        sum.restore(table, page, at + SUM, in);
        squares.restore(table, page, at + squaresAt, in);
    }
}
