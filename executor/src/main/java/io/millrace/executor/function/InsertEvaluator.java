package io.millrace.executor.function;

import io.millrace.executor.column.Batch;
import io.millrace.executor.column.Column;
import io.millrace.executor.column.ColumnBatch;
import io.millrace.executor.column.ColumnBuilder;
import io.millrace.executor.column.Columns;
import io.millrace.plan.Constant;
import io.millrace.plan.DataType;
import io.millrace.plan.Expression;
import io.millrace.plan.Field;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Computes the rows of an INSERT … VALUES, a column at a time over all rows of parameters. Compiled once per statement;
 * for one thread at a time.
 */
public final class InsertEvaluator {
    private final List<Field> fields;
    private final List<Integer> positions;
    private final List<List<Expression>> rows;
    private final List<DataType> parameterTypes;
    private final ExpressionCompiler compiler;

    /** By column of the stream, then by row of the statement; compiled when first needed. */
    private @Nullable List<List<Evaluator>> evaluators;

    /**
     * Takes the parts of an INSERT's plan.
     *
     * @param fields the columns of the stream
     * @param positions for each column of the stream, the position of its expression in a row, or -1: NULL
     * @param rows expressions of constants and parameters
     */
    public InsertEvaluator(
            List<Field> fields,
            List<Integer> positions,
            List<List<Expression>> rows,
            List<DataType> parameterTypes,
            EvaluationContext context) {
        this.fields = List.copyOf(fields);
        this.positions = List.copyOf(positions);
        this.rows = rows.stream().map(List::copyOf).toList();
        this.parameterTypes = List.copyOf(parameterTypes);
        compiler = new ExpressionCompiler(context);
    }

    /**
     * Computes all rows of the statement for the first row of parameters, then for the second, and so on.
     *
     * @param parameterRows canonical values; one empty row for a statement without parameters
     * @return the columns of the stream, owned by the caller
     * @throws io.millrace.error.MillraceException when a value is NULL in a NOT NULL column, does not fit its column, or
     *     cannot be computed; then nothing has been done
     */
    public List<Column> evaluate(List<? extends List<@Nullable Object>> parameterRows) {
        List<Column> columns = parameterTypes.isEmpty() ? evaluateRows() : evaluateParameters(parameterRows);
        List<Column> stored = new ArrayList<>();
        for (int i = 0; i < fields.size(); i++) {
            stored.add(StoreAssignment.check(columns.get(i), fields.get(i)));
        }
        if (!parameterTypes.isEmpty() || parameterRows.size() == 1) {
            return stored;
        }
        return stored.stream()
                .map(column -> repeated(column, parameterRows.size()))
                .toList();
    }

    private static Column repeated(Column column, int times) {
        ColumnBuilder builder = Columns.builderLike(column);
        for (int i = 0; i < times; i++) {
            builder.appendAll(column, null);
        }
        return builder.build();
    }

    /** Without parameters most expressions are literals, which need no kernel. */
    private List<Column> evaluateRows() {
        Batch oneRow = new ColumnBatch(1, List.of());
        List<Column> columns = new ArrayList<>();
        for (int i = 0; i < fields.size(); i++) {
            DataType type = fields.get(i).type();
            ColumnBuilder builder = ColumnBuilder.of(type);
            for (List<Expression> row : rows) {
                Expression expression = expression(row, i);
                if (ExpressionCompiler.isNull(expression)) {
                    builder.appendNull();
                } else if (expression instanceof Constant constant) {
                    builder.appendValue(constant.value());
                } else {
                    builder.append(compiler.compile(expression).evaluate(oneRow, null), 0);
                }
            }
            columns.add(builder.build());
        }
        return columns;
    }

    private List<Column> evaluateParameters(List<? extends List<@Nullable Object>> parameterRows) {
        List<ColumnBuilder> results = new ArrayList<>();
        for (Field field : fields) {
            results.add(ColumnBuilder.of(field.type()));
        }
        List<List<Evaluator>> compiled = compiled();
        for (int from = 0; from < parameterRows.size(); from += Column.MAX_ROWS) {
            int to = Math.min(from + Column.MAX_ROWS, parameterRows.size());
            Batch batch = new ColumnBatch(to - from, parameterColumns(parameterRows, from, to));
            for (int i = 0; i < fields.size(); i++) {
                append(compiled.get(i), batch, results.get(i));
            }
        }
        return results.stream().map(ColumnBuilder::build).toList();
    }

    private static void append(List<Evaluator> perRow, Batch batch, ColumnBuilder result) {
        if (perRow.size() == 1) {
            result.appendAll(perRow.get(0).evaluate(batch, null), null);
            return;
        }
        List<Column> columns = new ArrayList<>();
        for (Evaluator evaluator : perRow) {
            columns.add(evaluator.evaluate(batch, null));
        }
        for (int row = 0; row < batch.rowCount(); row++) {
            for (Column column : columns) {
                result.append(column, row);
            }
        }
    }

    private List<Column> parameterColumns(List<? extends List<@Nullable Object>> parameterRows, int from, int to) {
        List<Column> columns = new ArrayList<>();
        for (int parameter = 0; parameter < parameterTypes.size(); parameter++) {
            ColumnBuilder builder = ColumnBuilder.of(parameterTypes.get(parameter));
            for (int row = from; row < to; row++) {
                builder.appendValue(parameterRows.get(row).get(parameter));
            }
            columns.add(builder.build());
        }
        return columns;
    }

    private List<List<Evaluator>> compiled() {
        List<List<Evaluator>> compiled = evaluators;
        if (compiled == null) {
            compiled = new ArrayList<>();
            for (int i = 0; i < fields.size(); i++) {
                List<Evaluator> perRow = new ArrayList<>();
                for (List<Expression> row : rows) {
                    perRow.add(compiler.compile(expression(row, i).accept(new ParameterBinding())));
                }
                compiled.add(perRow);
            }
            evaluators = compiled;
        }
        return compiled;
    }

    /** What a row of the statement gives a column of the stream. */
    private Expression expression(List<Expression> row, int column) {
        DataType type = fields.get(column).type();
        int position = positions.get(column);
        return position < 0 ? new Constant(null, type) : StoreAssignment.source(row.get(position), type);
    }
}
