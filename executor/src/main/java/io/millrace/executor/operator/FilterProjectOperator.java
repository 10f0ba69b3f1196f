package io.millrace.executor.operator;

import io.millrace.error.ErrorCode;
import io.millrace.error.MillraceException;
import io.millrace.executor.column.Batch;
import io.millrace.executor.column.Column;
import io.millrace.executor.column.Selection;
import io.millrace.executor.column.StringColumn;
import io.millrace.executor.function.Evaluator;
import io.millrace.executor.function.ExpressionCompiler;
import io.millrace.executor.function.Predicate;
import io.millrace.executor.work.QueryScope;
import io.millrace.plan.ColumnReference;
import io.millrace.plan.Expression;
import io.millrace.plan.FilterProject;
import org.jspecify.annotations.Nullable;

/**
 * Linear: of a delta, keeps the rows for which the condition is true, and computes the projections of those. Rows are
 * not moved: the selection says which count. A batch of which no row is left goes no further.
 */
public final class FilterProjectOperator extends Transform {
    /** What the strings of a batch may take together; a batch with more is cut into parts. */
    private static final long MAX_STRING_BYTES = 32L << 20;

    private final @Nullable Predicate predicate;
    private final Projection[] projections;

    private final Selection selected = new Selection();
    private final ProjectedBatch projected;

    /** Of the strings that were computed last. */
    private long stringBytes;

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
        push(batch, batch.selection());
    }

    private void push(Batch batch, @Nullable Selection given) {
        boolean isAnyLeft;
        try {
            isAnyLeft = evaluate(batch, given);
        } catch (MillraceException tooLarge) {
            int count = given == null ? batch.rowCount() : given.count();
            if (tooLarge.code() != ErrorCode.LIMIT_EXCEEDED || count < 2) {
                throw tooLarge;
            }
            push(batch, part(given, 0, count / 2)); // its strings are too long for one batch
            if (!output.isDone()) {
                push(batch, part(given, count / 2, count));
            }
            return;
        }
        if (isAnyLeft) {
            long bytes = stringBytes;
            output.push(projected);
            QueryScope.allocate(bytes); // which what comes after may have kept
        }
    }

    private static Selection part(@Nullable Selection of, int from, int to) {
        Selection part = new Selection(to - from);
        for (int i = from; i < to; i++) {
            part.rows()[i - from] = of == null ? i : of.rows()[i];
        }
        part.count(to - from);
        return part;
    }

    private boolean evaluate(Batch batch, @Nullable Selection given) {
        Selection selection = given;
        if (predicate != null) {
            predicate.select(batch, selection, selected);
            selection = selected.count() == batch.rowCount() ? null : selected;
        }
        if (selection == null ? batch.rowCount() == 0 : selection.count() == 0) {
            return false;
        }
        projected.reset(batch, selection);
        stringBytes = 0;
        for (int i = 0; i < projections.length; i++) {
            Evaluator evaluator = projections[i].evaluator;
            if (evaluator != null) {
                Column column = evaluator.evaluate(batch, selection);
                projected.columns[i] = column;
                stringBytes += column instanceof StringColumn strings ? strings.end(strings.size() - 1) : 0;
                if (stringBytes > MAX_STRING_BYTES && projected.selectedCount() > 1) {
                    throw new MillraceException(ErrorCode.LIMIT_EXCEEDED, "the strings of a batch are too long");
                }
            }
        }
        return true;
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

        @Override
        public long @Nullable [] weights() {
            return input().weights();
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
