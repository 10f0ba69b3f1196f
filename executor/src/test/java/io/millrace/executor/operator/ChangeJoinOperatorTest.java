package io.millrace.executor.operator;

import static io.millrace.executor.operator.Rows.row;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.executor.column.Batch;
import io.millrace.executor.column.Column;
import io.millrace.executor.column.ColumnBatch;
import io.millrace.executor.column.ColumnValues;
import io.millrace.executor.function.ExpressionCompiler;
import io.millrace.executor.time.StepTime;
import io.millrace.executor.time.Watermarks;
import io.millrace.plan.Call;
import io.millrace.plan.ColumnReference;
import io.millrace.plan.DataType;
import io.millrace.plan.Expression;
import io.millrace.plan.Field;
import io.millrace.plan.Join;
import io.millrace.plan.JoinKey;
import io.millrace.plan.JoinKind;
import io.millrace.plan.PlanNode;
import io.millrace.plan.RowType;
import io.millrace.plan.ScalarFunction;
import io.millrace.plan.TableScan;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Joins of inputs that change: what they have given, added up, is the join of what the inputs have. */
class ChangeJoinOperatorTest {
    private static final DataType BIGINT = DataType.of(DataType.Kind.BIGINT);
    private static final RowType SIDE = Rows.rowType(BIGINT, DataType.varchar(), BIGINT);
    private static final int STEPS = 24;
    private static final int CHANGES = 1_500;
    private static final int KEYS = 900;

    /** Rows with how often each is there. */
    private static final class Bag {
        private final Map<List<Object>, Long> counts = new HashMap<>();

        void add(List<Object> row, long weight) {
            counts.merge(row, weight, Long::sum);
            counts.remove(row, 0L);
        }
    }

    /** Adds up what it is given. */
    private static final class Summing implements Operator {
        private final RowType rowType;
        private final Bag bag = new Bag();

        Summing(RowType rowType) {
            this.rowType = rowType;
        }

        @Override
        public void push(Batch batch) {
            int[] selected = RowNumbers.of(batch);
            long[] weights = batch.weights();
            for (int i = 0; i < batch.selectedCount(); i++) {
                List<Object> row = new ArrayList<>();
                for (int column = 0; column < rowType.size(); column++) {
                    row.add(ColumnValues.value(batch.column(column), selected[i], rowType.type(column)));
                }
                bag.add(row, weights == null ? 1 : weights[selected[i]]);
            }
        }

        @Override
        public void advance(Watermarks watermarks) {}

        @Override
        public void endStep() {}

        @Override
        public void finish() {}

        @Override
        public void close() {}
    }

    private static PlanNode scan() {
        return new TableScan(
                1,
                "t",
                TableScan.Source.TABLE,
                IntStream.range(0, SIDE.size()).boxed().toList(),
                SIDE);
    }

    private static Join join(JoinKind kind, boolean hasResidual) {
        List<Field> fields = new ArrayList<>(SIDE.fields());
        if (!kind.isFilter()) {
            fields.addAll(SIDE.fields());
        }
        Expression residual = Call.of(
                ScalarFunction.LESS,
                DataType.of(DataType.Kind.BOOLEAN),
                new ColumnReference(2, BIGINT),
                new ColumnReference(5, BIGINT));
        return new Join(
                scan(),
                scan(),
                kind,
                List.of(new JoinKey(0, 0, false), new JoinKey(1, 1, true)),
                hasResidual ? residual : null,
                new RowType(fields));
    }

    private final Bag lefts = new Bag();
    private final Bag rights = new Bag();

    /** So many rows come and go that what has gone is cleared away several times. */
    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "SINGLE")
    void whatAJoinHasGivenAddsUpToTheJoinOfWhatItsInputsHave(JoinKind kind) {
        for (boolean hasResidual : new boolean[] {false, true}) {
            lefts.counts.clear();
            rights.counts.clear();
            Join node = join(kind, hasResidual);
            Summing sum = new Summing(node.rowType());
            ChangeJoinOperator operator = new ChangeJoinOperator(node, new ExpressionCompiler(new StepTime(0)), sum);
            Random random = new Random(kind.ordinal());
            for (int step = 0; step < STEPS; step++) {
                boolean isGrowing = step % 3 != 2;
                change(random, lefts, operator.left(), isGrowing);
                change(random, rights, operator.right(), isGrowing);
                operator.left().endStep();
                operator.right().endStep();
                assertThat(sum.bag.counts)
                        .as("%s, residual %s, step %d", kind, hasResidual, step)
                        .isEqualTo(expected(kind, hasResidual).counts);
            }
        }
    }

    private static void change(Random random, Bag bag, Operator port, boolean isGrowing) {
        List<List<Object>> rows = new ArrayList<>();
        List<Long> weights = new ArrayList<>();
        List<List<Object>> there = new ArrayList<>(bag.counts.keySet());
        for (int i = 0; i < CHANGES; i++) {
            boolean goes = !there.isEmpty() && random.nextInt(10) < (isGrowing ? 2 : 9);
            List<Object> row = goes ? there.get(random.nextInt(there.size())) : randomRow(random);
            if (goes && bag.counts.getOrDefault(row, 0L) <= 0) {
                continue;
            }
            long weight = goes ? -1 : 1 + random.nextInt(2);
            bag.add(row, weight);
            rows.add(row);
            weights.add(weight);
        }
        List<Column> columns = ((ColumnBatch) Rows.batch(SIDE, rows)).columns();
        port.push(new ColumnBatch(
                rows.size(),
                columns,
                null,
                weights.stream().mapToLong(Long::longValue).toArray()));
    }

    private static List<Object> randomRow(Random random) {
        Object key = random.nextInt(20) == 0 ? null : (Object) (long) random.nextInt(KEYS);
        Object text = random.nextInt(4) == 0 ? null : "a text that is kept elsewhere " + random.nextInt(2);
        return row(key, text, random.nextInt(8) == 0 ? null : (Object) (long) random.nextInt(4));
    }

    private Bag expected(JoinKind kind, boolean hasResidual) {
        Map<List<Object>, List<List<Object>>> byKey = new HashMap<>();
        rights.counts
                .keySet()
                .forEach(row -> byKey.computeIfAbsent(row.subList(0, 2), key -> new ArrayList<>())
                        .add(row));
        Bag expected = new Bag();
        Bag matched = new Bag();
        lefts.counts.forEach((left, weight) -> {
            boolean found = false;
            for (List<Object> right : byKey.getOrDefault(left.subList(0, 2), List.of())) {
                if (left.get(0) != null && (!hasResidual || isLess(left.get(2), right.get(2)))) {
                    found = true;
                    matched.add(right, 1);
                    if (!kind.isFilter()) {
                        expected.add(pair(left, right), weight * rights.counts.get(right));
                    }
                }
            }
            if (kind == JoinKind.SEMI ? found : kind == JoinKind.ANTI && !found) {
                expected.add(left, weight);
            } else if (!found && kind.keepsLeft()) {
                expected.add(pair(left, row(null, null, null)), weight);
            }
        });
        if (kind.keepsRight()) {
            rights.counts.forEach((right, weight) -> {
                if (!matched.counts.containsKey(right)) {
                    expected.add(pair(row(null, null, null), right), weight);
                }
            });
        }
        return expected;
    }

    private static boolean isLess(Object left, Object right) {
        return left != null && right != null && (Long) left < (Long) Objects.requireNonNull(right);
    }

    private static List<Object> pair(List<Object> left, List<Object> right) {
        List<Object> pair = new ArrayList<>(left);
        pair.addAll(right);
        return pair;
    }
}
