package io.millrace.executor.function;

import io.millrace.executor.column.Column;
import io.millrace.executor.column.Selection;
import io.millrace.executor.column.StringColumn;
import io.millrace.executor.work.QueryScope;
import io.millrace.plan.DataType;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** A strict function with a BYTES result, computed row by row. */
final class TextFunction extends StrictEvaluator {
    /** Appends the value of one row, none of whose arguments is NULL. */
    interface Kernel {
        void apply(Operand[] arguments, int row, TextBuffer out);
    }

    private final Kernel kernel;
    private final ActiveRows active = new ActiveRows();
    private final TextBuffer buffer = new TextBuffer();

    private int[] offsets = {0};
    private final StringColumn result = new StringColumn(buffer.bytes, offsets, null, 0);

    TextFunction(DataType type, Kernel kernel, Operand... operands) {
        super(type, operands);
        this.kernel = kernel;
    }

    @Override
    Column compute(int rows, @Nullable Selection selection, long @Nullable [] nulls) {
        if (offsets.length <= rows) {
            offsets = new int[rows + 1];
        }
        buffer.clear();
        active.find(rows, selection, nulls);
        int done = 0;
        for (int i = 0; i < active.count; i++) {
            int row = active.rows[i];
            QueryScope.checkRow(i);
            Arrays.fill(offsets, done, row + 1, buffer.length);
            buffer.startValue();
            kernel.apply(operands, row, buffer);
            buffer.endValue();
            done = row + 1;
        }
        Arrays.fill(offsets, done, rows + 1, buffer.length);
        result.reset(buffer.bytes, offsets, nulls, rows);
        return result;
    }
}
