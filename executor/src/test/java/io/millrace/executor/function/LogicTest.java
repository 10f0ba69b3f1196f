package io.millrace.executor.function;

import static io.millrace.executor.function.Expressions.*;
import static io.millrace.plan.ScalarFunction.*;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.executor.column.Column;
import io.millrace.plan.Expression;
import io.millrace.plan.ScalarFunction;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class LogicTest {
    private static final Expression X = column(0, BIGINT);

    private final Column numbers = columnOf(BIGINT, 0L, 5L, null, 20L);

    private static Expression quotientAboveOne() {
        return call(GREATER, BOOLEAN, call(DIVIDE, BIGINT, number(10), X), number(1));
    }

    @Test
    void conditionsProtectThoseBehindThem() {
        Expression and = call(AND, BOOLEAN, call(NOT_EQUALS, BOOLEAN, X, number(0)), quotientAboveOne());
        assertThat(select(and, 4, null, numbers)).containsExactly(1);
        assertThat(evaluate(and, 4, numbers)).containsExactly(false, true, null, false);
        Expression or = call(OR, BOOLEAN, call(EQUALS, BOOLEAN, X, number(0)), quotientAboveOne());
        assertThat(select(or, 4, null, numbers)).containsExactly(0, 1);
        assertThat(evaluate(or, 4, numbers)).containsExactly(true, true, null, false);
    }

    @Test
    void casesProtectTheirResults() {
        Expression safe = call(
                CASE, BIGINT, call(EQUALS, BOOLEAN, X, number(0)), number(-1), call(DIVIDE, BIGINT, number(100), X));
        assertThat(evaluate(safe, 4, numbers)).containsExactly(-1L, 20L, null, 5L);
        Expression withoutElse = call(CASE, VARCHAR, call(EQUALS, BOOLEAN, X, number(5)), text("five"));
        assertThat(evaluate(withoutElse, 4, numbers)).containsExactly(null, "five", null, null);
        Expression never = call(
                CASE,
                BIGINT,
                call(LESS, BOOLEAN, X, number(-100)),
                call(DIVIDE, BIGINT, number(1), number(0)),
                number(7));
        assertThat(evaluate(never, 4, numbers)).containsExactly(7L, 7L, 7L, 7L);
    }

    @Test
    void coalesceComputesOnlyWhatIsMissing() {
        Expression coalesce = call(COALESCE, BIGINT, X, number(9));
        assertThat(evaluate(coalesce, 4, numbers)).containsExactly(0L, 5L, 9L, 20L);
        Expression protectedCall = call(COALESCE, BIGINT, number(1), call(DIVIDE, BIGINT, X, number(0)));
        assertThat(evaluate(protectedCall, 4, numbers)).containsExactly(1L, 1L, 1L, 1L);
    }

    @Test
    void nullTestsAreNeverNull() {
        Column truth = columnOf(BOOLEAN, true, false, null);
        Expression x = column(0, BOOLEAN);
        assertThat(evaluate(call(IS_NULL, BOOLEAN, x), 3, truth)).containsExactly(false, false, true);
        assertThat(evaluate(call(IS_NOT_NULL, BOOLEAN, x), 3, truth)).containsExactly(true, true, false);
        assertThat(evaluate(call(IS_TRUE, BOOLEAN, x), 3, truth)).containsExactly(true, false, false);
        assertThat(evaluate(call(IS_NOT_TRUE, BOOLEAN, x), 3, truth)).containsExactly(false, true, true);
        assertThat(evaluate(call(IS_FALSE, BOOLEAN, x), 3, truth)).containsExactly(false, true, false);
        assertThat(evaluate(call(IS_NOT_FALSE, BOOLEAN, x), 3, truth)).containsExactly(true, false, true);
        assertThat(evaluate(call(NOT, BOOLEAN, x), 3, truth)).containsExactly(false, true, null);
    }

    @Test
    void nestedLogicAgreesWithTheTruthTables() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (int round = 0; round < 400; round++) {
            int rows = 1 + random.nextInt(80);
            Object[][] values = new Object[3][rows];
            for (Object[] column : values) {
                for (int row = 0; row < rows; row++) {
                    int choice = random.nextInt(3);
                    column[row] = choice == 2 ? null : (Object) (choice == 1);
                }
            }
            Column[] columns = {columnOf(BOOLEAN, values[0]), columnOf(BOOLEAN, values[1]), columnOf(BOOLEAN, values[2])
            };
            Expression expression = random(random, 3);
            List<Object> actual = evaluate(expression, rows, columns);
            List<Integer> hits = new ArrayList<>();
            for (int row = 0; row < rows; row++) {
                Boolean expected = model(expression, values, row);
                assertThat(actual.get(row)).as("seed %s %s", seed, expression).isEqualTo(expected);
                if (Boolean.TRUE.equals(expected)) {
                    hits.add(row);
                }
            }
            assertThat(select(expression, rows, null, columns))
                    .as("seed %s", seed)
                    .isEqualTo(hits);
        }
    }

    private static Expression random(Random random, int depth) {
        if (depth == 0 || random.nextInt(5) == 0) {
            return random.nextInt(8) == 0
                    ? constant(BOOLEAN, random.nextBoolean() ? null : (Object) random.nextBoolean())
                    : column(random.nextInt(3), BOOLEAN);
        }
        ScalarFunction function = List.of(AND, OR, NOT, IS_TRUE).get(random.nextInt(4));
        if (function == NOT || function == IS_TRUE) {
            return call(function, BOOLEAN, random(random, depth - 1));
        }
        return call(function, BOOLEAN, random(random, depth - 1), random(random, depth - 1), random(random, depth - 1));
    }

    private static Boolean model(Expression expression, Object[][] values, int row) {
        if (expression instanceof io.millrace.plan.ColumnReference reference) {
            return (Boolean) values[reference.index()][row];
        }
        if (expression instanceof io.millrace.plan.Constant constant) {
            return (Boolean) constant.value();
        }
        io.millrace.plan.Call call = (io.millrace.plan.Call) expression;
        Boolean first = model(call.arguments().get(0), values, row);
        switch (call.function()) {
            case NOT:
                return first == null ? null : (Boolean) !first;
            case IS_TRUE:
                return Boolean.TRUE.equals(first);
            default:
                boolean decisive = call.function() == OR;
                boolean unknown = false;
                for (Expression argument : call.arguments()) {
                    Boolean value = model(argument, values, row);
                    if (value == null) {
                        unknown = true;
                    } else if (value == decisive) {
                        return decisive;
                    }
                }
                return unknown ? null : (Boolean) !decisive;
        }
    }
}
