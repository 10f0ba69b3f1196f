package io.millrace.executor.function;

import static io.millrace.executor.function.Expressions.*;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.executor.column.Column;
import io.millrace.plan.DataType;
import io.millrace.plan.DataType.Kind;
import io.millrace.plan.Expression;
import io.millrace.plan.Field;
import io.millrace.plan.Parameter;
import io.millrace.plan.ScalarFunction;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class InsertEvaluatorTest {
    private static final DataType SHORT = DataType.varchar(3);
    private static final List<Field> FIELDS =
            List.of(new Field("word", SHORT), new Field("n", BIGINT.notNull()), new Field("extra", DOUBLE));
    private static final List<Integer> POSITIONS = List.of(1, 0, -1);

    private static InsertEvaluator insert(List<DataType> parameters, List<List<Expression>> rows) {
        return new InsertEvaluator(FIELDS, POSITIONS, rows, parameters, () -> NOW);
    }

    private static InsertEvaluator literals(List<Expression> row) {
        return insert(List.of(), List.of(row));
    }

    @Test
    void literalsBecomeRows() {
        List<List<Expression>> rows = new ArrayList<>();
        for (long i = 0; i < 10_000; i++) {
            rows.add(List.of(number(i), text("w" + i % 10)));
        }
        List<Column> columns = insert(List.of(), rows).evaluate(List.of(List.of()));
        assertThat(values(columns.get(0), SHORT)).hasSize(10_000).startsWith("w0", "w1");
        assertThat(values(columns.get(1), BIGINT)).endsWith(9_999L);
        assertThat(values(columns.get(2), DOUBLE)).containsOnlyNulls();
    }

    @Test
    void manyRowsOfParametersAreOneBatchAfterTheOther() {
        List<List<Object>> parameters = new ArrayList<>();
        for (long i = 0; i < 10_000; i++) {
            parameters.add(Arrays.asList(i, i % 7 == 0 ? null : "x" + i % 10));
        }
        Expression doubled = call(ScalarFunction.MULTIPLY, BIGINT, new Parameter(0, BIGINT), number(2));
        InsertEvaluator insert = insert(List.of(BIGINT, VARCHAR), List.of(List.of(doubled, new Parameter(1, VARCHAR))));
        List<Column> columns = insert.evaluate(parameters);
        for (int row = 0; row < 10_000; row++) {
            assertThat(io.millrace.executor.column.ColumnValues.value(columns.get(1), row, BIGINT))
                    .isEqualTo(row * 2L);
            assertThat(io.millrace.executor.column.ColumnValues.value(columns.get(0), row, SHORT))
                    .isEqualTo(parameters.get(row).get(1));
        }
        assertThat(insert.evaluate(parameters.subList(0, 3)).get(0).size()).isEqualTo(3);
    }

    @Test
    void severalRowsPerSetOfParametersAlternate() {
        InsertEvaluator insert = insert(
                List.of(BIGINT), List.of(List.of(new Parameter(0, BIGINT), text("a")), List.of(number(-1), text("b"))));
        List<Column> columns = insert.evaluate(List.of(List.of(1L), List.of(2L)));
        assertThat(values(columns.get(1), BIGINT)).containsExactly(1L, -1L, 2L, -1L);
        assertThat(values(columns.get(0), SHORT)).containsExactly("a", "b", "a", "b");
    }

    @Test
    void nullsMustBeAllowed() {
        assertThatThrownBy(() ->
                        literals(List.of(constant(BIGINT, null), text("a"))).evaluate(List.of(List.of())))
                .hasMessage("null value in column \"n\" violates not-null constraint");
    }

    @Test
    void stringsMustFit() {
        Expression cut = call(ScalarFunction.CAST, SHORT, text("日本語!"));
        assertThatThrownBy(() -> literals(List.of(number(1), cut)).evaluate(List.of(List.of())))
                .hasMessage("value too long for column \"word\" of type VARCHAR(3)");
        List<Column> blanks = literals(List.of(number(1), text("ab   "))).evaluate(List.of(List.of()));
        assertThat(values(blanks.get(0), SHORT)).containsExactly("ab ");
    }

    @Test
    void fixedStringsAreFilled() {
        DataType fixed = new DataType(Kind.CHAR, 3, 0, true);
        List<Column> columns = new InsertEvaluator(
                        List.of(new Field("c", fixed)), List.of(0), List.of(List.of(text("日"))), List.of(), () -> NOW)
                .evaluate(List.of(List.of()));
        assertThat(values(columns.get(0), fixed)).containsExactly("日  ");
    }

    @Test
    void valuesAreConvertedToTheColumn() {
        assertThatThrownBy(() -> literals(List.of(text("x"), text("a"))).evaluate(List.of(List.of())))
                .hasMessage("invalid value for type BIGINT: \"x\"");
    }

    @Test
    void castsOfLiteralsAreCheckedToo() {
        Field tiny = new Field("t", TINYINT);
        Expression cast = call(ScalarFunction.CAST, TINYINT, number(300));
        InsertEvaluator insert =
                new InsertEvaluator(List.of(tiny), List.of(0), List.of(List.of(cast)), List.of(), () -> NOW);
        assertThatThrownBy(() -> insert.evaluate(List.of(List.of()))).hasMessageContaining("out of range");
    }

    @Test
    void constantsOfAnySizeOfBatchAreRepeated() {
        Evaluator evaluator = compiler().compile(text("ab"));
        for (int rows : new int[] {1, 3, 100, 0, 4096, 70}) {
            Column column = evaluator.evaluate(new io.millrace.executor.column.ColumnBatch(rows, List.of()), null);
            assertThat(values(column, VARCHAR)).hasSize(rows).allMatch("ab"::equals);
        }
    }
}
