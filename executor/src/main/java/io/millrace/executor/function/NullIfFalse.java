package io.millrace.executor.function;

import io.millrace.executor.column.Batch;
import io.millrace.executor.column.Column;
import io.millrace.executor.column.LongColumn;
import io.millrace.executor.column.NullBits;
import io.millrace.executor.column.Selection;
import io.millrace.plan.DataType;
import org.jspecify.annotations.Nullable;

/** IN with a NULL in its list: what is not found is unknown. */
final class NullIfFalse implements Evaluator, Predicate {
    private final Condition member;

    private long[] nulls = {};
    private final LongColumn result = new LongColumn(nulls, null, 0);

    NullIfFalse(Condition member) {
        this.member = member;
    }

    @Override
    public DataType type() {
        return member.type();
    }

    @Override
    public void select(Batch batch, @Nullable Selection in, Selection out) {
        member.select(batch, in, out);
    }

    @Override
    public Column evaluate(Batch batch, @Nullable Selection selection) {
        LongColumn found = (LongColumn) member.evaluate(batch, selection);
        int rows = batch.rowCount();
        nulls = NullBits.ensure(nulls, rows);
        NullBits.setAll(nulls, rows);
        for (int row = 0; row < rows; row++) {
            if (found.values()[row] != 0 && !found.isNull(row)) {
                NullBits.clear(nulls, row);
            }
        }
        result.reset(found.values(), nulls, rows);
        return result;
    }
}
