package io.millrace.executor.function;

import io.millrace.executor.column.Column;
import io.millrace.executor.column.DoubleColumn;
import io.millrace.executor.column.Selection;
import io.millrace.plan.DataType;
import org.jspecify.annotations.Nullable;

/** A strict function with a DOUBLE result, computed row by row; rounded to float when the type is REAL. */
final class DoubleFunction extends StrictEvaluator {
    /** Computes one row, none of whose arguments is NULL. */
    interface Kernel {
        double apply(Operand[] arguments, int row);
    }

    private final Kernel kernel;
    private final boolean real;
    private final ActiveRows active = new ActiveRows();

    private double[] values = {};
    private final DoubleColumn result = new DoubleColumn(values, null, 0);

    DoubleFunction(DataType type, Kernel kernel, Operand... operands) {
        super(type, operands);
        this.kernel = kernel;
        real = type.kind() == DataType.Kind.REAL;
    }

    @Override
    Column compute(int rows, @Nullable Selection selection, long @Nullable [] nulls) {
        if (values.length < rows) {
            values = new double[rows];
        }
        active.find(rows, selection, nulls);
        for (int i = 0; i < active.count; i++) {
            int row = active.rows[i];
            double value = kernel.apply(operands, row);
            values[row] = real ? (float) value : value;
        }
        result.reset(values, nulls, rows);
        return result;
    }
}
