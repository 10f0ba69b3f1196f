package io.millrace.executor.function;

import io.millrace.executor.column.Batch;
import io.millrace.executor.column.Column;
import io.millrace.executor.column.LongColumn;
import io.millrace.executor.column.Selection;
import io.millrace.plan.DataType;
import org.jspecify.annotations.Nullable;

/** IS [NOT] DISTINCT FROM: NULL is a value like others. */
final class Distinctness implements Evaluator {
    private final Condition equality;
    private final boolean distinct;

    private long[] values = {};
    private final LongColumn result = new LongColumn(values, null, 0);

    Distinctness(Condition equality, boolean distinct) {
        this.equality = equality;
        this.distinct = distinct;
    }

    @Override
    public DataType type() {
        return equality.type();
    }

    @Override
    public Column evaluate(Batch batch, @Nullable Selection selection) {
        LongColumn equal = (LongColumn) equality.evaluate(batch, selection);
        int rows = batch.rowCount();
        if (values.length < rows) {
            values = new long[rows];
        }
        long[] equalValues = equal.values();
        long flip = distinct ? 1 : 0;
        if (!equal.hasNulls()) {
            for (int row = 0; row < rows; row++) {
                values[row] = equalValues[row] ^ flip;
            }
        } else {
            Operand left = equality.operands[0];
            Operand right = equality.operands[equality.operands.length - 1];
            for (int row = 0; row < rows; row++) {
                // a comparison with a constant has one operand: it cannot be NULL on both sides
                boolean bothNull = left != right && left.isNull(row) && right.isNull(row);
                boolean same = equal.isNull(row) ? bothNull : equalValues[row] != 0;
                values[row] = (same ? 1 : 0) ^ flip;
            }
        }
        result.reset(values, null, rows);
        return result;
    }
}
