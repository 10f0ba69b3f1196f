package io.millrace.executor.operator;

import io.millrace.executor.column.Batch;
import io.millrace.executor.column.Column;
import io.millrace.executor.column.Selection;
import io.millrace.executor.function.Evaluator;
import io.millrace.executor.function.ExpressionCompiler;
import io.millrace.executor.function.Predicate;
import io.millrace.plan.ColumnReference;
import io.millrace.plan.Expression;
import io.millrace.plan.FilterProject;
import org.jspecify.annotations.Nullable;

/**
 * Linear: of a delta, keeps the rows for which the condition is true, and computes the projections of those. Rows are
 * not moved: the selection says which count. A batch of which no row is left goes no further.
 */
public final class FilterProjectOperator extends Transform {
    private final @Nullable Predicate predicate;
    private final Projection[] projections;

    private final Selection selected = new Selection();
    private final ProjectedBatch projected;

    public FilterProjectOperator(FilterProject node, ExpressionCompiler compiler, Operator output) {
        super(output);
        Expression condition = node.condition();
        predicate = condition == null ? null : compiler.compilePredicate(condition);
        projections = node.projections().stream()
                .map(expression -> projection(expression, compiler))
                .toArray(Projection[]::new);
        projected = new ProjectedBatch(projections.length);
    }

    @Override
    public void push(Batch batch) {
        Selection selection = batch.selection();
        if (predicate != null) {
            predicate.select(batch, selection, selected);
            selection = selected.count() == batch.rowCount() ? null : selected;
        }
        if (selection == null ? batch.rowCount() == 0 : selection.count() == 0) {
            return;
        }
        projected.reset(batch, selection);
        for (int i = 0; i < projections.length; i++) {
            Evaluator evaluator = projections[i].evaluator;
            if (evaluator != null) {
                projected.columns[i] = evaluator.evaluate(batch, selection);
            }
        }
        output.push(projected);
    }

    private static Projection projection(Expression expression, ExpressionCompiler compiler) {
        return expression instanceof ColumnReference reference
                ? new Projection(reference.index(), null)
                : new Projection(-1, compiler.compile(expression));
    }

    /** An input column that is passed on when there is no evaluator. */
    private record Projection(int index, @Nullable Evaluator evaluator) {}

    /** Asks the input for a column only when it is asked for it: a column that nobody reads is never decoded. */
    private final class ProjectedBatch implements Batch {
        private final @Nullable Column[] columns;
        private @Nullable Batch input;
        private @Nullable Selection selection;

        ProjectedBatch(int width) {
            columns = new Column[width];
        }

        void reset(Batch newInput, @Nullable Selection newSelection) {
            input = newInput;
            selection = newSelection;
        }

        @Override
        public int rowCount() {
            return input().rowCount();
        }

        @Override
        public Column column(int index) {
            Projection projection = projections[index];
            Column computed = columns[index];
            return projection.evaluator == null || computed == null ? input().column(projection.index) : computed;
        }

        @Override
        public @Nullable Selection selection() {
            return selection;
        }

        private Batch input() {
            Batch current = input;
            if (current == null) {
                throw new IllegalStateException("a batch is valid only during push");
            }
            return current;
        }
    }
}
