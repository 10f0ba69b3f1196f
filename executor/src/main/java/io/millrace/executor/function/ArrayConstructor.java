package io.millrace.executor.function;

import io.millrace.executor.column.ArrayWriter;
import io.millrace.executor.column.Batch;
import io.millrace.executor.column.Column;
import io.millrace.executor.column.ColumnBuilder;
import io.millrace.executor.column.Selection;
import io.millrace.executor.work.QueryScope;
import io.millrace.plan.Call;
import io.millrace.plan.DataType;
import org.jspecify.annotations.Nullable;

/** An array of the values of its arguments, never NULL itself. */
final class ArrayConstructor implements Evaluator {
    private final DataType type;
    private final Operand[] operands;
    private final ArrayWriter writer;
    private final ActiveRows active = new ActiveRows();

    ArrayConstructor(Call call, ExpressionCompiler compiler) {
        type = call.type();
        operands = compiler.operands(call);
        writer = new ArrayWriter(type.elementType());
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
        ColumnBuilder out = ColumnBuilder.of(type);
        active.find(rows, selection, null);
        for (int i = 0; i < active.count; i++) {
            int row = active.rows[i];
            QueryScope.checkRow(i);
            while (out.size() < row) {
                out.appendNull();
            }
            for (Operand operand : operands) {
                operand.appendTo(writer, row);
            }
            writer.finish(out);
        }
        while (out.size() < rows) {
            out.appendNull();
        }
        return out.build();
    }
}
