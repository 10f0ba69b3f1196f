package io.millrace.executor.function;

import io.millrace.executor.column.Batch;
import io.millrace.executor.column.Column;
import io.millrace.executor.column.Selection;
import io.millrace.plan.DataType;
import org.jspecify.annotations.Nullable;

/** A column of the input, as it is. */
record ColumnEvaluator(int index, DataType type) implements Evaluator {
    @Override
    public Column evaluate(Batch batch, @Nullable Selection selection) {
        return batch.column(index);
    }
}
