package io.millrace.executor.function;

import io.millrace.executor.column.Batch;
import io.millrace.executor.column.Column;
import io.millrace.executor.column.Selection;
import io.millrace.executor.column.StringColumn;
import io.millrace.executor.work.QueryScope;
import io.millrace.plan.Call;
import io.millrace.plan.DataType;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The function CONCAT: its NULL arguments count as empty. */
final class ConcatSkipNull implements Evaluator {
    private final DataType type;
    private final Operand[] operands;
    private final TextBuffer buffer = new TextBuffer();
    private final ActiveRows active = new ActiveRows();

    private int[] offsets = {0};
    private final StringColumn result = new StringColumn(buffer.bytes, offsets, null, 0);

    ConcatSkipNull(Call call, ExpressionCompiler compiler) {
        type = call.type();
        operands = call.arguments().stream()
                .filter(argument -> !ExpressionCompiler.isNull(argument))
                .map(compiler::operand)
                .toArray(Operand[]::new);
    }

    @Override
    public DataType type() {
        return type;
    }

    @Override
    public Column evaluate(Batch batch, @Nullable Selection selection) {
        int rows = batch.rowCount();
        for (Operand operand : operands) {
            operand.load(batch, selection);
        }
        if (offsets.length <= rows) {
            offsets = new int[rows + 1];
        }
        buffer.clear();
        active.find(rows, selection, null);
        int done = 0;
        for (int i = 0; i < active.count; i++) {
            int row = active.rows[i];
            QueryScope.checkRow(i);
            Arrays.fill(offsets, done, row + 1, buffer.length);
            buffer.startValue();
            for (Operand operand : operands) {
                if (!operand.isNull(row)) {
                    buffer.append(operand.bytes, operand.start(row), operand.end(row));
                }
            }
            buffer.endValue();
            done = row + 1;
        }
        Arrays.fill(offsets, done, rows + 1, buffer.length);
        result.reset(buffer.bytes, offsets, null, rows);
        return result;
    }
}
