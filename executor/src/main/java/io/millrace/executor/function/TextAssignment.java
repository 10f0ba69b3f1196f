package io.millrace.executor.function;

import io.millrace.executor.column.Batch;
import io.millrace.executor.column.Column;
import io.millrace.executor.column.ColumnBatch;
import io.millrace.executor.column.Columns;
import io.millrace.plan.ColumnReference;
import io.millrace.plan.DataType;
import io.millrace.plan.Field;
import java.util.ArrayList;
import java.util.List;

/**
 * Assigns columns of text to columns of other types, with the meaning that an INSERT of the same text would have. For one
 * thread at a time.
 */
public final class TextAssignment {
    private final List<Field> fields;
    private final List<Evaluator> evaluators = new ArrayList<>();

    /** @param fields the columns that are assigned to */
    public TextAssignment(List<Field> fields, EvaluationContext context) {
        this.fields = List.copyOf(fields);
        ExpressionCompiler compiler = new ExpressionCompiler(context);
        for (int i = 0; i < fields.size(); i++) {
            ColumnReference text = new ColumnReference(i, DataType.varchar());
            evaluators.add(
                    compiler.compile(StoreAssignment.source(text, fields.get(i).type())));
        }
    }

    /**
     * Converts all rows or none.
     *
     * @param texts a column of text per field
     * @return columns owned by the caller
     * @throws io.millrace.error.MillraceException when a value does not fit its column
     */
    public List<Column> assign(List<Column> texts, int rowCount) {
        Batch batch = new ColumnBatch(rowCount, texts);
        List<Column> columns = new ArrayList<>();
        for (int i = 0; i < fields.size(); i++) {
            Column value = evaluators.get(i).evaluate(batch, null);
            Column owned = value == texts.get(i) ? value : Columns.gather(value, null);
            columns.add(StoreAssignment.check(owned, fields.get(i)));
        }
        return columns;
    }
}
