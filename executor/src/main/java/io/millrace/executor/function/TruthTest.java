package io.millrace.executor.function;

import io.millrace.executor.column.Batch;
import io.millrace.executor.column.Column;
import io.millrace.executor.column.LongColumn;
import io.millrace.executor.column.Selection;
import io.millrace.plan.DataType;
import org.jspecify.annotations.Nullable;

/** IS [NOT] TRUE, IS [NOT] FALSE, and NOT. */
final class TruthTest implements Evaluator {
    private final Evaluator operand;
    private final long expected;
    private final long flip;
    private final boolean keepNulls;

    private long[] values = {};
    private final LongColumn result = new LongColumn(values, null, 0);

    private TruthTest(Evaluator operand, boolean expected, boolean negated, boolean keepNulls) {
        this.operand = operand;
        this.expected = expected ? 1 : 0;
        flip = negated ? 1 : 0;
        this.keepNulls = keepNulls;
    }

    /** Whether the operand is {@code expected}, or with {@code negated} is not; never NULL. */
    static TruthTest is(Evaluator operand, boolean expected, boolean negated) {
        return new TruthTest(operand, expected, negated, false);
    }

    static TruthTest not(Evaluator operand) {
        return new TruthTest(operand, false, false, true);
    }

    @Override
    public DataType type() {
        return DataType.of(DataType.Kind.BOOLEAN);
    }

    @Override
    public Column evaluate(Batch batch, @Nullable Selection selection) {
        LongColumn truth = (LongColumn) operand.evaluate(batch, selection);
        int rows = batch.rowCount();
        if (values.length < rows) {
            values = new long[rows];
        }
        long[] from = truth.values();
        long[] nulls = truth.nulls();
        if (nulls == null || keepNulls) {
            for (int row = 0; row < rows; row++) {
                values[row] = (from[row] == expected ? 1 : 0) ^ flip;
            }
        } else {
            for (int row = 0; row < rows; row++) {
                long present = (~nulls[row >> 6] >>> row) & 1;
                values[row] = ((from[row] == expected ? 1 : 0) & present) ^ flip;
            }
        }
        result.reset(values, keepNulls ? nulls : null, rows);
        return result;
    }
}
