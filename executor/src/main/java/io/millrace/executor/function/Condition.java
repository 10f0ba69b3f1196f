package io.millrace.executor.function;

import io.millrace.executor.column.Batch;
import io.millrace.executor.column.Column;
import io.millrace.executor.column.LongColumn;
import io.millrace.executor.column.Selection;
import io.millrace.plan.DataType;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** A strict function with a BOOLEAN result that never fails: it finds the rows for which it is true. */
abstract class Condition extends StrictEvaluator implements Predicate {
    private int[] hits = {};
    private long[] values = {};
    private final LongColumn result = new LongColumn(values, null, 0);

    Condition(Operand... operands) {
        super(DataType.of(DataType.Kind.BOOLEAN), operands);
    }

    @Override
    public final void select(Batch batch, @Nullable Selection in, Selection out) {
        long[] nulls = load(batch, in);
        out.count(find(batch.rowCount(), in, out.rows()));
        Selections.dropNulls(out, nulls);
    }

    @Override
    final Column compute(int rows, @Nullable Selection selection, long @Nullable [] nulls) {
        if (values.length < rows) {
            values = new long[rows];
            hits = new int[rows];
        }
        Arrays.fill(values, 0, rows, 0);
        int found = find(rows, selection, hits);
        for (int i = 0; i < found; i++) {
            values[hits[i]] = 1;
        }
        result.reset(values, nulls, rows);
        return result;
    }

    private int find(int rows, @Nullable Selection selection, int[] out) {
        return selection == null ? selectAll(rows, out) : selectFrom(selection.rows(), selection.count(), out);
    }

    /** Writes the rows below {@code rowCount} that match, and perhaps NULL ones; returns how many. */
    abstract int selectAll(int rowCount, int[] out);

    /** Writes those of the first {@code count} rows of {@code in} that match; {@code out} may be {@code in}. */
    abstract int selectFrom(int[] in, int count, int[] out);
}
