package io.millrace.executor.operator;

import static io.millrace.executor.operator.Rows.row;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.error.MillraceException;
import io.millrace.executor.column.Batch;
import io.millrace.executor.column.Column;
import io.millrace.executor.column.Selection;
import io.millrace.executor.function.ExpressionCompiler;
import io.millrace.plan.Call;
import io.millrace.plan.ColumnReference;
import io.millrace.plan.Constant;
import io.millrace.plan.DataType;
import io.millrace.plan.Expression;
import io.millrace.plan.FilterProject;
import io.millrace.plan.RowType;
import io.millrace.plan.ScalarFunction;
import java.util.List;
import org.junit.jupiter.api.Test;

class FilterProjectOperatorTest {
    private static final DataType BIGINT = DataType.of(DataType.Kind.BIGINT);
    private static final DataType BOOLEAN = DataType.of(DataType.Kind.BOOLEAN);
    private static final RowType INPUT = Rows.rowType(BIGINT, DataType.varchar());
    private static final Expression NUMBER = new ColumnReference(0, BIGINT);
    private static final Expression WORD = new ColumnReference(1, DataType.varchar());

    private static final Expression POSITIVE =
            new Call(ScalarFunction.GREATER, List.of(NUMBER, new Constant(0L, BIGINT)), BOOLEAN);
    private static final Expression QUOTIENT =
            new Call(ScalarFunction.DIVIDE, List.of(new Constant(12L, BIGINT), NUMBER), BIGINT);

    private CollectingOperator output;

    private FilterProjectOperator operator(Expression condition, Expression... projections) {
        RowType rowType =
                Rows.rowType(List.of(projections).stream().map(Expression::type).toArray(DataType[]::new));
        output = new CollectingOperator(rowType);
        FilterProject node = new FilterProject(Rows.scan(INPUT), condition, List.of(projections), rowType);
        return new FilterProjectOperator(node, new ExpressionCompiler(() -> 0), output);
    }

    @Test
    void keeps_the_rows_for_which_the_condition_is_true_and_computes_only_those() {
        FilterProjectOperator operator = operator(POSITIVE, WORD, QUOTIENT);
        operator.push(Rows.batch(INPUT, row(0L, "a"), row(3L, "b"), row(null, "c"), row(-1L, "d"), row(4L, null)));
        assertThat(output.take()).containsExactly(row("b", 4L), row(null, 3L));
    }

    @Test
    void looks_only_at_selected_rows() {
        FilterProjectOperator operator = operator(null, QUOTIENT, NUMBER);
        operator.push(Rows.selectedBatch(INPUT, List.of(row(1L, "a"), row(2L, "b"))));
        assertThat(output.take()).containsExactly(row(12L, 1L), row(6L, 2L));
        operator = operator(POSITIVE, NUMBER);
        operator.push(Rows.selectedBatch(INPUT, List.of(row(1L, "a"), row(-2L, "b"), row(3L, "c"))));
        assertThat(output.take()).containsExactly(row(1L), row(3L));
    }

    @Test
    void pushes_nothing_when_no_row_is_left() {
        FilterProjectOperator operator = operator(POSITIVE, WORD);
        operator.push(Rows.batch(INPUT, row(0L, "a")));
        operator.push(Rows.batch(INPUT));
        assertThat(output.calls).isEmpty();
    }

    @Test
    void asks_for_a_column_only_when_it_is_read() {
        Batch batch = Rows.batch(INPUT, row(1L, "a"));
        Batch withoutWords = new Batch() {
            @Override
            public int rowCount() {
                return batch.rowCount();
            }

            @Override
            public Column column(int index) {
                assertThat(index).isZero();
                return batch.column(index);
            }

            @Override
            public Selection selection() {
                return null;
            }
        };
        output = new CollectingOperator(Rows.rowType(BIGINT));
        new FilterProjectOperator(
                        new FilterProject(
                                Rows.scan(INPUT), POSITIVE, List.of(NUMBER, WORD), Rows.rowType(BIGINT, WORD.type())),
                        new ExpressionCompiler(() -> 0),
                        output)
                .push(withoutWords);
        assertThat(output.take()).containsExactly(row(1L));
    }

    @Test
    void an_error_in_a_row_that_counts_ends_the_query() {
        FilterProjectOperator operator = operator(null, QUOTIENT);
        assertThatThrownBy(() -> operator.push(Rows.batch(INPUT, row(0L, "a"))))
                .isInstanceOf(MillraceException.class)
                .hasMessageContaining("division by zero");
    }
}
