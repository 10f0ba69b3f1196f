package io.millrace.executor.function;

import io.millrace.executor.column.ArrayReader;
import io.millrace.executor.column.ArrayWriter;
import io.millrace.executor.column.Column;
import io.millrace.executor.column.ColumnBatch;
import io.millrace.executor.column.ColumnBuilder;
import io.millrace.executor.column.Selection;
import io.millrace.executor.work.QueryScope;
import io.millrace.plan.DataType;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Casts the elements of arrays, some at once. */
final class ArrayCast extends StrictEvaluator {
    private static final int GATHERED = 1024;

    private final Evaluator cast;
    private final DataType from;
    private final ArrayReader reader;
    private final ArrayWriter writer;
    private final ActiveRows active = new ActiveRows();

    /** @param cast of column 0, which has elements */
    ArrayCast(DataType type, Operand array, Evaluator cast) {
        super(type, array);
        this.cast = cast;
        from = array.type.elementType();
        reader = new ArrayReader(from);
        writer = new ArrayWriter(type.elementType());
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
            castAll();
            writer.finish(out);
        }
        while (out.size() < rows) {
            out.appendNull();
        }
        return out.build();
    }

    private void castAll() {
        ColumnBuilder elements = ColumnBuilder.of(from);
        while (reader.next()) {
            reader.appendTo(elements);
            if (elements.size() == GATHERED) {
                cast(elements.build());
            }
        }
        cast(elements.build());
    }

    private void cast(Column elements) {
        Column converted = cast.evaluate(new ColumnBatch(elements.size(), List.of(elements)), null);
        for (int i = 0; i < elements.size(); i++) {
            writer.append(converted, i);
        }
    }
}
