package io.millrace.executor.function;

import io.millrace.executor.column.Batch;
import io.millrace.executor.column.Column;
import io.millrace.plan.Expression;
import io.millrace.plan.Field;
import java.util.ArrayList;
import java.util.List;

/** Assigns values to columns, as SQL's store assignment wants it: see {@link StoreAssignment}. For one thread at a time. */
public final class ColumnAssignment {
    private final List<Field> fields;
    private final List<Evaluator> evaluators = new ArrayList<>();

    /**
     * @param fields the columns that are assigned to
     * @param values what each of them gets, computed from the batches that are assigned
     */
    public ColumnAssignment(List<Field> fields, List<Expression> values, EvaluationContext context) {
        this.fields = List.copyOf(fields);
        ExpressionCompiler compiler = new ExpressionCompiler(context);
        for (int i = 0; i < fields.size(); i++) {
            evaluators.add(compiler.compile(
                    StoreAssignment.source(values.get(i), fields.get(i).type())));
        }
    }

    /**
     * Converts all rows of a batch, which has no selection, or none.
     *
     * @return columns that are valid until the next call
     * @throws io.millrace.error.MillraceException when a value does not fit its column
     */
    public List<Column> assign(Batch batch) {
        List<Column> columns = new ArrayList<>();
        for (int i = 0; i < fields.size(); i++) {
            columns.add(StoreAssignment.check(evaluators.get(i).evaluate(batch, null), fields.get(i)));
        }
        return columns;
    }
}
