package io.millrace.executor.function;

import io.millrace.executor.column.ArrayReader;
import io.millrace.executor.column.Column;
import io.millrace.executor.column.ColumnBuilder;
import io.millrace.executor.column.Selection;
import io.millrace.executor.work.QueryScope;
import io.millrace.plan.Call;
import org.jspecify.annotations.Nullable;

/** An element of an array by its number, from 1 on; NULL when there is none. */
final class ArrayElement extends StrictEvaluator {
    private final ArrayReader reader;
    private final ActiveRows active = new ActiveRows();

    ArrayElement(Call call, ExpressionCompiler compiler) {
        super(call.type(), compiler.operands(call));
        reader = new ArrayReader(operands[0].type.elementType());
    }

    @Override
    Column compute(int rows, @Nullable Selection selection, long @Nullable [] nulls) {
        ColumnBuilder out = ColumnBuilder.of(type());
        active.find(rows, selection, nulls);
        for (int i = 0; i < active.count; i++) {
            int row = active.rows[i];
            QueryScope.checkRow(i);
            while (out.size() < row) {
                out.appendNull();
            }
            reader.reset(operands[0].bytes, operands[0].start(row), operands[0].end(row));
            if (reader.next(operands[1].longAt(row))) {
                reader.appendTo(out);
            } else {
                out.appendNull();
            }
        }
        while (out.size() < rows) {
            out.appendNull();
        }
        return out.build();
    }
}
