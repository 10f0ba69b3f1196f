package io.millrace.executor.function;

import io.millrace.executor.column.Batch;
import io.millrace.executor.column.Column;
import io.millrace.executor.column.Columns;
import io.millrace.executor.column.Selection;
import io.millrace.plan.Constant;
import io.millrace.plan.DataType;
import org.jspecify.annotations.Nullable;

/** The same value in each row. */
final class ConstantEvaluator implements Evaluator {
    private final DataType type;
    private final Column single;

    private @Nullable Column repeated;

    ConstantEvaluator(Constant constant) {
        type = constant.type();
        single = Columns.constant(constant.type(), constant.value(), 1);
    }

    /** The value as a column of one row. */
    Column single() {
        return single;
    }

    @Override
    public DataType type() {
        return type;
    }

    @Override
    public Column evaluate(Batch batch, @Nullable Selection selection) {
        Column column = repeated;
        if (column == null || column.size() != batch.rowCount()) {
            column = Columns.repeat(single, 0, batch.rowCount());
            repeated = column;
        }
        return column;
    }
}
