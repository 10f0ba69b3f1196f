package io.millrace.executor.function;

import io.millrace.executor.column.Batch;
import io.millrace.executor.column.LongColumn;
import io.millrace.executor.column.Selection;
import org.jspecify.annotations.Nullable;

/** Selects the rows where a BOOLEAN expression is true. */
final class TruthPredicate implements Predicate {
    private final Evaluator condition;

    TruthPredicate(Evaluator condition) {
        this.condition = condition;
    }

    @Override
    public void select(Batch batch, @Nullable Selection in, Selection out) {
        LongColumn truth = (LongColumn) condition.evaluate(batch, in);
        long[] values = truth.values();
        int[] rows = out.rows();
        int found = 0;
        if (in == null) {
            for (int row = 0; row < batch.rowCount(); row++) {
                rows[found] = row;
                found += values[row] != 0 ? 1 : 0;
            }
        } else {
            int[] candidates = in.rows();
            for (int i = 0; i < in.count(); i++) {
                int row = candidates[i];
                rows[found] = row;
                found += values[row] != 0 ? 1 : 0;
            }
        }
        out.count(found);
        Selections.dropNulls(out, truth.nulls());
    }
}
