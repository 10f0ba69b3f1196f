package io.millrace.executor.function;

import io.millrace.executor.column.Batch;
import io.millrace.executor.column.Column;
import io.millrace.executor.column.LongColumn;
import io.millrace.executor.column.Selection;
import io.millrace.plan.DataType;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** CURRENT_TIMESTAMP: the time of the step, truncated to the precision of the type. */
final class ContextEvaluator implements Evaluator {
    private final DataType type;
    private final EvaluationContext context;

    private long[] values = {};
    private final LongColumn result = new LongColumn(values, null, 0);

    ContextEvaluator(DataType type, EvaluationContext context) {
        this.type = type;
        this.context = context;
    }

    @Override
    public DataType type() {
        return type;
    }

    @Override
    public Column evaluate(Batch batch, @Nullable Selection selection) {
        int rows = batch.rowCount();
        if (values.length < rows) {
            values = new long[rows];
        }
        long now = TimeUnits.truncate(context.currentTimestamp(), type.precision());
        Arrays.fill(values, 0, rows, now);
        result.reset(values, null, rows);
        return result;
    }
}
