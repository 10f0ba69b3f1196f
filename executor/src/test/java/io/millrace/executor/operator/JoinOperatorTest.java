package io.millrace.executor.operator;

import static io.millrace.executor.operator.Rows.row;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.error.MillraceException;
import io.millrace.executor.function.ExpressionCompiler;
import io.millrace.plan.Call;
import io.millrace.plan.ColumnReference;
import io.millrace.plan.DataType;
import io.millrace.plan.Expression;
import io.millrace.plan.Field;
import io.millrace.plan.Join;
import io.millrace.plan.JoinKey;
import io.millrace.plan.JoinKind;
import io.millrace.plan.RowType;
import io.millrace.plan.ScalarFunction;
import io.millrace.plan.SetOperation;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Joins and set operations against the definition: all pairs, tried one by one. */
class JoinOperatorTest {
    private static final DataType BIGINT = DataType.of(DataType.Kind.BIGINT);
    private static final RowType LEFT = Rows.rowType(BIGINT, DataType.varchar(), BIGINT);
    private static final RowType RIGHT = Rows.rowType(DataType.varchar(), BIGINT, BIGINT);
    private static final List<String> TEXTS =
            List.of("", "a", "fifteen bytes..", "a string that is kept elsewhere", "a string that is kept nowhere");
    private static final int RUNS = Integer.getInteger("millrace.test.runs", 60);

    /** A join of which the residual condition, if any, is: third column of the left less than third of the right. */
    private record Case(JoinKind kind, List<JoinKey> keys, boolean hasResidual) {
        Join node() {
            List<Field> fields = new ArrayList<>(LEFT.fields());
            if (!kind.isFilter()) {
                fields.addAll(RIGHT.fields());
            }
            Expression residual = Call.of(
                    ScalarFunction.LESS,
                    DataType.of(DataType.Kind.BOOLEAN),
                    new ColumnReference(2, BIGINT),
                    new ColumnReference(5, BIGINT));
            return new Join(
                    Rows.scan(LEFT), Rows.scan(RIGHT), kind, keys, hasResidual ? residual : null, new RowType(fields));
        }

        private boolean arePartners(List<Object> left, List<Object> right) {
            for (JoinKey key : keys) {
                Object first = left.get(key.left());
                if (!Objects.equals(first, right.get(key.right())) || (first == null && !key.nullsEqual())) {
                    return false;
                }
            }
            Object less = left.get(2);
            Object more = right.get(2);
            return !hasResidual || (less != null && more != null && (Long) less < (Long) more);
        }

        List<List<Object>> expected(List<List<Object>> lefts, List<List<Object>> rights) {
            List<List<Object>> expected = new ArrayList<>();
            boolean[] matched = new boolean[rights.size()];
            for (List<Object> left : lefts) {
                boolean found = false;
                for (int i = 0; i < rights.size(); i++) {
                    if (arePartners(left, rights.get(i))) {
                        found = true;
                        matched[i] = true;
                        if (!kind.isFilter()) {
                            expected.add(pair(left, rights.get(i)));
                        }
                    }
                }
                if (found ? kind == JoinKind.SEMI : kind == JoinKind.ANTI) {
                    expected.add(left);
                } else if (!found && kind.keepsLeft()) {
                    expected.add(pair(left, Collections.nCopies(RIGHT.size(), null)));
                }
            }
            for (int i = 0; kind.keepsRight() && i < matched.length; i++) {
                if (!matched[i]) {
                    expected.add(pair(Collections.nCopies(LEFT.size(), null), rights.get(i)));
                }
            }
            return expected;
        }
    }

    private static List<Object> pair(List<Object> left, List<Object> right) {
        List<Object> pair = new ArrayList<>(left);
        pair.addAll(right);
        return pair;
    }

    private static CollectingOperator run(Case join, List<List<Object>> lefts, List<List<Object>> rights, int batch) {
        Join node = join.node();
        CollectingOperator output = new CollectingOperator(node.rowType());
        JoinOperator operator = new JoinOperator(node, new ExpressionCompiler(() -> 0), output);
        feed(operator.build(), RIGHT, rights, batch);
        feed(operator.probe(), LEFT, lefts, batch);
        assertThat(output.batchSizes).allMatch(size -> size <= 4_096);
        assertThat(output.calls).endsWith("finish").containsOnlyOnce("finish");
        return output;
    }

    private static void feed(Operator port, RowType type, List<List<Object>> rows, int batch) {
        for (int from = 0; from < rows.size(); from += batch) {
            List<List<Object>> part = rows.subList(from, Math.min(rows.size(), from + batch));
            port.push(from % 2 == 0 ? Rows.batch(type, part) : Rows.selectedBatch(type, part));
        }
        port.finish();
    }

    private static Object number(Random random, int values) {
        return random.nextInt(6) == 0 ? null : (Object) (long) random.nextInt(values);
    }

    private static Object text(Random random, int values) {
        return random.nextInt(6) == 0 ? null : TEXTS.get(random.nextInt(values));
    }

    @ParameterizedTest
    @EnumSource(
            value = JoinKind.class,
            names = {"INNER", "LEFT", "RIGHT", "FULL", "SEMI", "ANTI"})
    void any_join_gives_what_the_definition_says(JoinKind kind) {
        long first = Long.getLong("millrace.test.seed", System.nanoTime());
        for (int run = 0; run < RUNS; run++) {
            long seed = first + run;
            Random random = new Random(seed);
            List<List<Object>> lefts = new ArrayList<>();
            List<List<Object>> rights = new ArrayList<>();
            int values = 1 + random.nextInt(20);
            for (int i = random.nextInt(120); i > 0; i--) {
                lefts.add(row(number(random, values), text(random, 5), number(random, 10)));
            }
            for (int i = random.nextInt(120); i > 0; i--) {
                rights.add(row(text(random, 4), number(random, values), number(random, 10)));
            }
            List<JoinKey> keys = new ArrayList<>();
            if (random.nextBoolean()) {
                keys.add(new JoinKey(0, 1, random.nextBoolean()));
            }
            if (random.nextBoolean()) {
                keys.add(new JoinKey(1, 0, random.nextBoolean()));
            }
            Case join = new Case(kind, keys, random.nextBoolean());
            assertThat(run(join, lefts, rights, 1 + random.nextInt(60)).rows)
                    .as("-Dmillrace.test.seed=%d %s", seed, join)
                    .containsExactlyInAnyOrderElementsOf(join.expected(lefts, rights));
        }
    }

    @Test
    void more_pairs_than_a_batch_holds_come_in_several() {
        List<List<Object>> many = new ArrayList<>();
        for (long i = 0; i < 300; i++) {
            many.add(row(i, "x", i));
        }
        List<List<Object>> others =
                many.stream().map(left -> row("x", left.get(0), left.get(2))).toList();
        Case product = new Case(JoinKind.INNER, List.of(), false);
        assertThat(run(product, many, others, 300).rows).hasSize(90_000);
        Case full = new Case(JoinKind.FULL, List.of(), true);
        assertThat(run(full, many, others, 300).rows).hasSize(300 * 299 / 2 + 2);
    }

    @Test
    void a_second_partner_of_a_single_value_is_an_error() {
        List<List<Object>> lefts = List.of(row(1L, null, 0L), row(2L, null, 0L), row(3L, null, 0L));
        List<List<Object>> rights = List.of(row("b", 2L, 1L), row("a", 1L, 1L), row("c", 9L, 1L), row("d", 9L, 1L));
        for (boolean hasResidual : new boolean[] {false, true}) {
            Case single = new Case(JoinKind.SINGLE, List.of(new JoinKey(0, 1, false)), hasResidual);
            assertThat(run(single, lefts, rights, 2).rows)
                    .containsExactlyInAnyOrderElementsOf(single.expected(lefts, rights));
            List<List<Object>> ambiguous = new ArrayList<>(rights);
            ambiguous.add(row("e", 2L, 5L));
            assertThatThrownBy(() -> run(single, lefts, ambiguous, 2))
                    .isInstanceOfSatisfying(
                            MillraceException.class,
                            e -> assertThat(e.sqlState()).isEqualTo("21000"));
        }
    }

    @Test
    void without_partners_to_come_the_other_input_need_not_be_read() {
        Join inner = new Case(JoinKind.INNER, List.of(new JoinKey(0, 1, false)), false).node();
        JoinOperator operator =
                new JoinOperator(inner, new ExpressionCompiler(() -> 0), new CollectingOperator(inner.rowType()));
        assertThat(operator.probe().isDone()).isFalse();
        operator.build().finish();
        assertThat(operator.probe().isDone()).isTrue();
    }

    @ParameterizedTest
    @EnumSource(SetOperation.Kind.class)
    void set_operations_count(SetOperation.Kind kind) {
        long first = Long.getLong("millrace.test.seed", System.nanoTime());
        for (int run = 0; run < RUNS; run++) {
            long seed = first + run;
            Random random = new Random(seed);
            boolean all = random.nextBoolean();
            List<List<Object>> lefts = new ArrayList<>();
            List<List<Object>> rights = new ArrayList<>();
            for (int i = random.nextInt(100); i > 0; i--) {
                (random.nextBoolean() ? lefts : rights).add(row(text(random, 5), number(random, 3), number(random, 2)));
            }
            SetOperation node = new SetOperation(Rows.scan(RIGHT), Rows.scan(RIGHT), kind, all, RIGHT);
            CollectingOperator output = new CollectingOperator(RIGHT);
            SetOperator operator = new SetOperator(node, output);
            feed(operator.left(), RIGHT, lefts, 7);
            feed(operator.right(), RIGHT, rights, 7);
            List<List<Object>> expected = new ArrayList<>();
            for (List<Object> row : lefts.stream().distinct().toList()) {
                int left = Collections.frequency(lefts, row);
                int right = Collections.frequency(rights, row);
                int times = kind == SetOperation.Kind.INTERSECT ? Math.min(left, right) : Math.max(0, left - right);
                if (!all) {
                    times = (kind == SetOperation.Kind.INTERSECT) == (right > 0) ? 1 : 0;
                }
                expected.addAll(Collections.nCopies(times, row));
            }
            assertThat(output.rows)
                    .as("-Dmillrace.test.seed=%d %s all=%s", seed, kind, all)
                    .containsExactlyElementsOf(expected);
        }
    }
}
