package io.millrace.executor.function;

import io.millrace.executor.column.Batch;
import io.millrace.executor.column.Column;
import io.millrace.executor.column.NullBits;
import io.millrace.executor.column.Selection;
import io.millrace.plan.DataType;
import org.jspecify.annotations.Nullable;

/** A function whose result is NULL when an argument is. Constant arguments are not NULL here: such calls are folded. */
abstract class StrictEvaluator implements Evaluator {
    private static final long[] NO_WORDS = {};

    final Operand[] operands;
    private final DataType type;

    private long[] unionBuffer = NO_WORDS;

    StrictEvaluator(DataType type, Operand... operands) {
        this.type = type;
        this.operands = operands;
    }

    @Override
    public final DataType type() {
        return type;
    }

    @Override
    public final Column evaluate(Batch batch, @Nullable Selection selection) {
        long[] nulls = load(batch, selection);
        return compute(batch.rowCount(), selection, nulls);
    }

    /** Computes the arguments; returns the rows where any is NULL. */
    final long @Nullable [] load(Batch batch, @Nullable Selection selection) {
        int rows = batch.rowCount();
        long[] nulls = null;
        for (Operand operand : operands) {
            operand.load(batch, selection);
            if (operand.constant || operand.nulls == null) {
                continue;
            }
            if (nulls != null && unionBuffer.length < NullBits.words(rows)) {
                long[] larger = new long[NullBits.words(rows)];
                unionBuffer = larger;
            }
            nulls = NullBits.union(nulls, operand.nulls, rows, unionBuffer);
        }
        return nulls;
    }

    abstract Column compute(int rows, @Nullable Selection selection, long @Nullable [] nulls);
}
