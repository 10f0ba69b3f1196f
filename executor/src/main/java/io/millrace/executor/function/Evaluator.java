package io.millrace.executor.function;

import io.millrace.executor.column.Batch;
import io.millrace.executor.column.Column;
import io.millrace.executor.column.Selection;
import io.millrace.plan.DataType;
import org.jspecify.annotations.Nullable;

/** A compiled expression. Holds buffers: for one thread at a time, and one input batch at a time. */
public interface Evaluator {
    DataType type();

    /**
     * Computes the expression for the selected rows of a batch. Row r of the result belongs to row r of the batch; rows
     * that are not selected are arbitrary, and never raise an error.
     *
     * @param selection null: all rows
     * @return a column that belongs to the evaluator (or is the batch's own) and is valid until its next call
     * @throws io.millrace.error.MillraceException when a selected row has no value (overflow, division by zero, cast)
     */
    Column evaluate(Batch batch, @Nullable Selection selection);
}
