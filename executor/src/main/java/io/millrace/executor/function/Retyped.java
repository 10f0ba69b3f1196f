package io.millrace.executor.function;

import io.millrace.executor.column.Batch;
import io.millrace.executor.column.Column;
import io.millrace.executor.column.Selection;
import io.millrace.plan.DataType;
import org.jspecify.annotations.Nullable;

/** The same column under another type: a cast that changes nothing. */
record Retyped(Evaluator source, DataType type) implements Evaluator {
    @Override
    public Column evaluate(Batch batch, @Nullable Selection selection) {
        return source.evaluate(batch, selection);
    }
}
