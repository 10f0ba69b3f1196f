package io.millrace.executor.circuit;

import io.millrace.executor.column.Batch;
import io.millrace.executor.column.Column;
import io.millrace.executor.column.ColumnBatch;
import io.millrace.executor.column.ColumnBuilder;
import io.millrace.executor.function.EvaluationContext;
import io.millrace.executor.function.ExpressionCompiler;
import io.millrace.plan.Expression;
import io.millrace.plan.Values;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The rows of VALUES. */
final class ValuesSource implements BatchSource {
    private static final ColumnBatch ONE_ROW = new ColumnBatch(1, List.of());

    private final Values values;
    private final ExpressionCompiler compiler;

    private int next;

    ValuesSource(Values values, EvaluationContext context) {
        this.values = values;
        compiler = new ExpressionCompiler(context);
    }

    @Override
    public @Nullable Batch next() {
        List<List<Expression>> rows = values.rows();
        if (next == rows.size()) {
            return null;
        }
        List<List<Expression>> part = rows.subList(next, Math.min(rows.size(), next + Column.MAX_ROWS));
        List<Column> columns = new ArrayList<>();
        for (int column = 0; column < values.rowType().size(); column++) {
            ColumnBuilder builder = ColumnBuilder.of(values.rowType().type(column));
            for (List<Expression> row : part) {
                builder.append(compiler.compile(row.get(column)).evaluate(ONE_ROW, null), 0);
            }
            columns.add(builder.build());
        }
        next += part.size();
        return new ColumnBatch(part.size(), columns);
    }

    @Override
    public void close() {
        next = values.rows().size();
    }
}
