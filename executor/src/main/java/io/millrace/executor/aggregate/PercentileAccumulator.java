package io.millrace.executor.aggregate;

import io.millrace.error.ErrorCode;
import io.millrace.error.MillraceException;
import io.millrace.executor.checkpoint.StateReader;
import io.millrace.executor.checkpoint.StateWriter;
import io.millrace.executor.column.Batch;
import io.millrace.executor.column.Column;
import io.millrace.executor.column.ColumnBuilder;
import io.millrace.executor.column.DoubleColumn;
import io.millrace.executor.state.GroupTable;
import io.millrace.executor.state.SideObjects;
import org.jspecify.annotations.Nullable;

/** APPROX_PERCENTILE: {@code | number of the sketch or 0 | fraction |}, NaN when the fraction is NULL. */
final class PercentileAccumulator extends SketchAccumulator<QuantileSketch> {
    private static final int FRACTION = WORDS;

    private final int fractionColumn;

    PercentileAccumulator(int offset, int slot, int fractionColumn) {
        super(offset, slot);
        this.fractionColumn = fractionColumn;
    }

    @Override
    QuantileSketch newSketch() {
        return new QuantileSketch();
    }

    @Override
    long bytes(QuantileSketch sketch) {
        return sketch.bytes();
    }

    @Override
    void merge(QuantileSketch from, QuantileSketch into) {
        into.merge(from);
    }

    @Override
    void save(QuantileSketch sketch, StateWriter out) {
        sketch.save(out);
    }

    @Override
    QuantileSketch restore(StateReader in) {
        return QuantileSketch.restore(in);
    }

    @Override
    int words() {
        return WORDS + 1;
    }

    @Override
    void add(
            GroupTable table, int[] groups, @Nullable Column column, int[] rows, int count, long @Nullable [] weights) {
        throw MillraceException.internal("a percentile is of the columns of a batch");
    }

    @Override
    void add(
            GroupTable table,
            int[] groups,
            Batch batch,
            @Nullable Column column,
            int[] rows,
            int count,
            long @Nullable [] weights) {
        if (!(column instanceof DoubleColumn values)
                || !(batch.column(fractionColumn) instanceof DoubleColumn fractions)) {
            throw new IllegalArgumentException("no percentile of doubles in " + column);
        }
        SideObjects<QuantileSketch> objects = objects(table);
        for (int i = 0; i < count; i++) {
            int row = rows[i];
            QuantileSketch sketch = sketch(objects, table, groups[i]);
            long before = sketch.bytes();
            for (long times = weight(weights, row); times > 0; times--) {
                sketch.add(values.values()[row]);
            }
            objects.grow(sketch.bytes() - before);
            double fraction = fractions.isNull(row) ? Double.NaN : fractions.values()[row];
            long bits = Double.doubleToLongBits(fraction);
            long[] page = table.page(groups[i]);
            int at = table.at(groups[i]) + offset + FRACTION;
            if (page[at] != bits) {
                check(fractions.isNull(row), fraction);
                page[at] = bits;
            }
        }
    }

    private static void check(boolean isNull, double fraction) {
        if (!isNull && !(fraction >= 0 && fraction <= 1)) {
            throw new MillraceException(
                            ErrorCode.INVALID_PARAMETER,
                            "fraction " + fraction + " of APPROX_PERCENTILE is out of range")
                    .withHint("It is a number from 0 to 1.");
        }
    }

    @Override
    void merge(GroupTable from, int first, GroupTable into, int[] groups, int count) {
        super.merge(from, first, into, groups, count);
        for (int i = 0; i < count; i++) {
            if (find(from, first + i) != null) {
                into.page(groups[i])[into.at(groups[i]) + offset + FRACTION] =
                        from.page(first + i)[from.at(first + i) + offset + FRACTION];
            }
        }
    }

    @Override
    void result(GroupTable table, int group, ColumnBuilder out) {
        QuantileSketch sketch = find(table, group);
        double fraction = Double.longBitsToDouble(table.page(group)[table.at(group) + offset + FRACTION]);
        if (sketch == null || Double.isNaN(fraction)) {
            out.appendNull();
        } else {
            out.appendDouble(sketch.quantile(fraction));
        }
    }

    @Override
    void forget(GroupTable table, int group) {
        super.forget(table, group);
        table.page(group)[table.at(group) + offset + FRACTION] = 0;
    }

    @Override
    void save(GroupTable table, int group, StateWriter out) {
        super.save(table, group, out);
        out.number(table.page(group)[table.at(group) + offset + FRACTION]);
    }

    @Override
    void restore(GroupTable table, int group, StateReader in) {
        super.restore(table, group, in);
        table.page(group)[table.at(group) + offset + FRACTION] = in.number();
    }
}
