package io.millrace.executor.function;

import io.millrace.executor.column.Column;
import io.millrace.executor.column.LongColumn;
import io.millrace.executor.column.Selection;
import io.millrace.executor.work.QueryScope;
import io.millrace.plan.DataType;
import org.jspecify.annotations.Nullable;

/** A strict function with a LONG result, computed row by row. */
final class LongFunction extends StrictEvaluator {
    /** Computes one row, none of whose arguments is NULL. */
    interface Kernel {
        long apply(Operand[] arguments, int row);
    }

    private final Kernel kernel;
    private final ActiveRows active = new ActiveRows();

    private long[] values = {};
    private final LongColumn result = new LongColumn(values, null, 0);

    LongFunction(DataType type, Kernel kernel, Operand... operands) {
        super(type, operands);
        this.kernel = kernel;
    }

    @Override
    Column compute(int rows, @Nullable Selection selection, long @Nullable [] nulls) {
        if (values.length < rows) {
            values = new long[rows];
        }
        active.find(rows, selection, nulls);
        for (int i = 0; i < active.count; i++) {
            int row = active.rows[i];
            QueryScope.checkRow(i);
            values[row] = kernel.apply(operands, row);
        }
        result.reset(values, nulls, rows);
        return result;
    }
}
