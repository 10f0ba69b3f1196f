package io.millrace.executor.function;

import io.millrace.executor.column.Batch;
import io.millrace.executor.column.Column;
import io.millrace.executor.column.Selection;
import io.millrace.executor.column.StringColumn;
import io.millrace.plan.Call;
import io.millrace.plan.Constant;
import io.millrace.plan.DataType;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** CONCAT_WS: the separator comes between the arguments that are not NULL. */
final class ConcatWithSeparator implements Evaluator {
    private final DataType type;
    private final Operand separator;
    private final Operand[] operands;
    private final TextBuffer buffer = new TextBuffer();
    private final ActiveRows active = new ActiveRows();

    private int[] offsets = {0};
    private final StringColumn result = new StringColumn(buffer.bytes, offsets, null, 0);

    static Evaluator of(Call call, ExpressionCompiler compiler) {
        return ExpressionCompiler.isNull(call.arguments().get(0))
                ? new ConstantEvaluator(new Constant(null, call.type()))
                : new ConcatWithSeparator(call, compiler);
    }

    private ConcatWithSeparator(Call call, ExpressionCompiler compiler) {
        type = call.type();
        separator = compiler.operand(call.arguments().get(0));
        operands = call.arguments().stream()
                .skip(1)
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
        separator.load(batch, selection);
        for (Operand operand : operands) {
            operand.load(batch, selection);
        }
        if (offsets.length <= rows) {
            offsets = new int[rows + 1];
        }
        buffer.clear();
        long[] nulls = separator.constant ? null : separator.nulls;
        active.find(rows, selection, nulls);
        int done = 0;
        for (int i = 0; i < active.count; i++) {
            int row = active.rows[i];
            Arrays.fill(offsets, done, row + 1, buffer.length);
            buffer.startValue();
            boolean first = true;
            for (Operand operand : operands) {
                if (operand.isNull(row)) {
                    continue;
                }
                if (!first) {
                    buffer.append(separator.bytes, separator.start(row), separator.end(row));
                }
                first = false;
                buffer.append(operand.bytes, operand.start(row), operand.end(row));
            }
            buffer.endValue();
            done = row + 1;
        }
        Arrays.fill(offsets, done, rows + 1, buffer.length);
        result.reset(buffer.bytes, offsets, nulls, rows);
        return result;
    }
}
