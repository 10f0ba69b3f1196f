package io.millrace.executor.table;

import io.millrace.catalog.TableDefinition;
import io.millrace.executor.column.Column;
import io.millrace.executor.column.ColumnBatch;
import io.millrace.executor.column.ColumnValues;
import io.millrace.executor.column.Columns;
import io.millrace.executor.column.Selection;
import io.millrace.executor.column.StringColumn;
import io.millrace.executor.function.ExpressionCompiler;
import io.millrace.plan.Call;
import io.millrace.plan.ColumnReference;
import io.millrace.plan.DataType;
import io.millrace.plan.ScalarFunction;
import java.util.List;
import java.util.stream.Collectors;

/** Keys as messages show them: {@code (id, day)=(7, 2026-01-01)}. */
final class KeyText {
    private static final int LONGEST = 100;

    private KeyText() {}

    static String of(TableDefinition table, List<Column> rows, int row) {
        String names = table.primaryKey().stream().map(table::columnName).collect(Collectors.joining(", "));
        String values = table.primaryKey().stream()
                .map(column -> value(rows.get(column), row, table.columnType(column)))
                .collect(Collectors.joining(", "));
        return "(" + names + ")=(" + values + ")";
    }

    private static String value(Column column, int row, DataType type) {
        if (type.isArray()) {
            return cut(elements(ColumnValues.elements((StringColumn) column, row, type.elementType()), type));
        }
        ColumnReference source = new ColumnReference(0, type);
        ExpressionCompiler compiler = new ExpressionCompiler(() -> 0);
        Selection one = new Selection(1);
        one.rows()[0] = row;
        one.count(1);
        Column text = compiler.compile(Call.of(ScalarFunction.CAST, DataType.varchar(), source))
                .evaluate(new ColumnBatch(1, List.of(Columns.gather(column, one))), null);
        String value = ((StringColumn) text).string(0);
        return cut(value);
    }

    private static String elements(Column elements, DataType type) {
        StringBuilder text = new StringBuilder("[");
        for (int i = 0; i < elements.size() && text.length() <= LONGEST; i++) {
            text.append(i == 0 ? "" : ", ");
            text.append(elements.isNull(i) ? "NULL" : value(elements, i, type.elementType()));
        }
        return text.append(']').toString();
    }

    private static String cut(String text) {
        return text.length() <= LONGEST ? text : text.substring(0, LONGEST) + "…";
    }
}
