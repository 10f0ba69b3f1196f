package io.millrace.executor.function;

import io.millrace.executor.column.Batch;
import io.millrace.executor.column.Column;
import io.millrace.executor.column.LongColumn;
import io.millrace.executor.column.Selection;
import io.millrace.plan.DataType;
import java.util.Arrays;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/** A value that is the same for all rows of a step, and may be another in the next: CURRENT_TIMESTAMP, MR_POSITION(). */
final class ContextEvaluator implements Evaluator {
    private final DataType type;
    private final EvaluationContext context;
    private final ToLongFunction<EvaluationContext> value;

    private long[] values = {};
    private final LongColumn result = new LongColumn(values, null, 0);

    private ContextEvaluator(DataType type, EvaluationContext context, ToLongFunction<EvaluationContext> value) {
        this.type = type;
        this.context = context;
        this.value = value;
    }

    /** The time of the step, truncated to the precision of the type. */
    static ContextEvaluator time(DataType type, EvaluationContext context) {
        return new ContextEvaluator(
                type, context, known -> TimeUnits.truncate(known.currentTimestamp(), type.precision()));
    }

    /** The position at which the query reads. */
    static ContextEvaluator position(DataType type, EvaluationContext context) {
        return new ContextEvaluator(type, context, EvaluationContext::readPosition);
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
        Arrays.fill(values, 0, rows, value.applyAsLong(context));
        result.reset(values, null, rows);
        return result;
    }
}
