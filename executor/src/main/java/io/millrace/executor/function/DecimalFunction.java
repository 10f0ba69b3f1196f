package io.millrace.executor.function;

import io.millrace.executor.column.Column;
import io.millrace.executor.column.DecimalColumn;
import io.millrace.executor.column.LongColumn;
import io.millrace.executor.column.Selection;
import io.millrace.plan.DataType;
import org.jspecify.annotations.Nullable;

/** A strict function with a DECIMAL result of any width, computed row by row and checked against the precision. */
final class DecimalFunction extends StrictEvaluator {
    /** Computes the unscaled value of one row, none of whose arguments is NULL. */
    interface Kernel {
        void apply(Operand[] arguments, int row, DecimalValue out);
    }

    private final Kernel kernel;
    private final boolean wide;
    private final ActiveRows active = new ActiveRows();
    private final DecimalValue value = new DecimalValue();

    private long[] high = {};
    private long[] low = {};
    private final LongColumn narrowResult = new LongColumn(low, null, 0);
    private final DecimalColumn wideResult = new DecimalColumn(high, low, null, 0);

    DecimalFunction(DataType type, Kernel kernel, Operand... operands) {
        super(type, operands);
        this.kernel = kernel;
        wide = type.storage() == DataType.Storage.DECIMAL128;
    }

    @Override
    Column compute(int rows, @Nullable Selection selection, long @Nullable [] nulls) {
        if (low.length < rows) {
            high = new long[wide ? rows : 0];
            low = new long[rows];
        }
        active.find(rows, selection, nulls);
        int precision = type().precision();
        for (int i = 0; i < active.count; i++) {
            int row = active.rows[i];
            kernel.apply(operands, row, value);
            if (!value.fits(precision)) {
                throw EvaluationErrors.outOfRange(type());
            }
            low[row] = value.low;
            if (wide) {
                high[row] = value.high;
            }
        }
        if (wide) {
            wideResult.reset(high, low, nulls, rows);
            return wideResult;
        }
        narrowResult.reset(low, nulls, rows);
        return narrowResult;
    }
}
