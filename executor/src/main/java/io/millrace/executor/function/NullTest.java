package io.millrace.executor.function;

import io.millrace.executor.column.Batch;
import io.millrace.executor.column.Column;
import io.millrace.executor.column.LongColumn;
import io.millrace.executor.column.Selection;
import io.millrace.plan.DataType;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** IS NULL and IS NOT NULL. */
final class NullTest implements Evaluator {
    private final Evaluator operand;
    private final boolean expectNull;

    private long[] values = {};
    private final LongColumn result = new LongColumn(values, null, 0);

    NullTest(Evaluator operand, boolean expectNull) {
        this.operand = operand;
        this.expectNull = expectNull;
    }

    @Override
    public DataType type() {
        return DataType.of(DataType.Kind.BOOLEAN);
    }

    @Override
    public Column evaluate(Batch batch, @Nullable Selection selection) {
        long[] nulls = operand.evaluate(batch, selection).nulls();
        int rows = batch.rowCount();
        if (values.length < rows) {
            values = new long[rows];
        }
        long flip = expectNull ? 0 : 1;
        if (nulls == null) {
            Arrays.fill(values, 0, rows, flip);
        } else {
            for (int row = 0; row < rows; row++) {
                values[row] = ((nulls[row >> 6] >>> row) & 1) ^ flip;
            }
        }
        result.reset(values, null, rows);
        return result;
    }
}
