package io.millrace.executor.operator;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.executor.checkpoint.SavedState;
import io.millrace.executor.checkpoint.SavedStates;
import io.millrace.executor.column.Batch;
import io.millrace.executor.column.ColumnBatch;
import io.millrace.executor.time.Watermarks;
import io.millrace.plan.AggregateCall;
import io.millrace.plan.AggregateFunction;
import io.millrace.plan.DataType;
import io.millrace.plan.Field;
import io.millrace.plan.RowType;
import io.millrace.plan.TimeAttribute;
import io.millrace.plan.WindowAggregate;
import io.millrace.plan.WindowAssign;
import io.millrace.plan.WindowSpec;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Random rows: sessions of rows that come and go, and the rows of sessions, against what they are by definition. */
class SessionModelTest {
    private static final DataType TIME = DataType.timestamp(6);
    private static final DataType BIGINT = DataType.of(DataType.Kind.BIGINT);
    private static final DataType BOUND = DataType.timestamp(6).notNull();
    /** A key, the time, a value. */
    private static final RowType INPUT = Rows.rowType(DataType.varchar(), TIME, BIGINT);

    private static final RowType ASSIGNED = Rows.rowType(DataType.varchar(), TIME, BIGINT, BOUND, BOUND, BOUND);
    private static final long GAP = 10;

    static Stream<Long> seeds() {
        long base = System.nanoTime();
        return Stream.concat(Stream.of(1L, 2L, 3L), new Random(base).longs(60).boxed());
    }

    /** Adds up the changes that come. */
    private static final class Sum implements Operator {
        private final RowType rowType;
        private Map<List<Object>, Long> rows = new HashMap<>();

        Sum(RowType rowType) {
            this.rowType = rowType;
        }

        @Override
        public void push(Batch batch) {
            CollectingOperator copy = new CollectingOperator(rowType);
            copy.push(batch);
            for (int i = 0; i < copy.rows.size(); i++) {
                long weight = batch.weights() == null ? 1 : batch.weights()[RowNumbers.of(batch)[i]];
                rows.merge(copy.rows.get(i), weight, (left, right) -> left + right == 0 ? null : left + right);
            }
        }

        @Override
        public void advance(Watermarks watermarks) {}

        @Override
        public void endStep() {}

        @Override
        public void finish() {}

        @Override
        public boolean isDone() {
            return false;
        }

        @Override
        public void close() {}
    }

    private static WindowAggregate aggregate(TimeAttribute attribute, AggregateCall... calls) {
        List<Field> fields = new ArrayList<>(List.of(
                new Field("k", DataType.varchar()), new Field("window_start", BOUND), new Field("window_end", BOUND)));
        for (AggregateCall call : calls) {
            fields.add(new Field("a", call.type()));
        }
        return new WindowAggregate(
                Rows.scan(INPUT),
                WindowSpec.session(GAP),
                1,
                attribute,
                List.of(0),
                List.of(calls),
                new RowType(fields));
    }

    private static WindowAssign assign(TimeAttribute attribute) {
        return new WindowAssign(Rows.scan(INPUT), WindowSpec.session(GAP), 1, attribute, List.of(0), ASSIGNED);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void rows_come_and_go(long seed) {
        Random random = new Random(seed);
        AggregateCall count = new AggregateCall(AggregateFunction.COUNT, null, null, BIGINT);
        AggregateCall sum = new AggregateCall(AggregateFunction.SUM, 2, null, BIGINT);
        AggregateCall distinct = new AggregateCall(AggregateFunction.COUNT, 2, null, true, BIGINT);
        AggregateCall most = new AggregateCall(AggregateFunction.MAX, 2, null, BIGINT);
        WindowAggregate node = aggregate(TimeAttribute.NONE, count, sum, distinct, most);
        Sum sessions = new Sum(node.rowType());
        Sum members = new Sum(ASSIGNED);
        RevisedSessionsOperator aggregate = new RevisedSessionsOperator(node, sessions);
        SessionAssignOperator assign = new SessionAssignOperator(assign(TimeAttribute.NONE), List.of(0), true, members);
        List<List<Object>> there = new ArrayList<>();
        int span = 20 + random.nextInt(300);
        for (int step = 0; step < 25; step++) {
            List<List<Object>> changed = new ArrayList<>();
            List<Long> weights = new ArrayList<>();
            for (int i = random.nextInt(12); i > 0; i--) {
                boolean goes = !there.isEmpty() && random.nextInt(5) < (step % 6 == 5 ? 4 : 2);
                List<Object> row = goes ? there.remove(random.nextInt(there.size())) : randomRow(random, span);
                if (!goes) {
                    there.add(row);
                }
                // what goes may come before what it takes away
                int at = random.nextInt(changed.size() + 1);
                changed.add(at, row);
                weights.add(at, goes ? -1L : 1L);
            }
            for (int from = 0; from < changed.size(); ) {
                int to = from + 1 + random.nextInt(changed.size() - from);
                Batch batch = weighted(changed.subList(from, to), weights.subList(from, to));
                aggregate.push(batch);
                assign.push(batch);
                from = to;
            }
            aggregate.endStep();
            assign.endStep();
            assertThat(sessions.rows)
                    .as("seed %d, step %d, %s", seed, step, there)
                    .isEqualTo(sessionsOf(there));
            assertThat(members.rows)
                    .as("seed %d, step %d, %s", seed, step, there)
                    .isEqualTo(membersOf(there));
        }
    }

    private static Batch weighted(List<List<Object>> rows, List<Long> weights) {
        ColumnBatch batch = (ColumnBatch) Rows.batch(INPUT, rows);
        return new ColumnBatch(
                rows.size(),
                batch.columns(),
                null,
                weights.stream().mapToLong(Long::longValue).toArray());
    }

    private static List<Object> randomRow(Random random, int span) {
        return Rows.row(
                List.of("a", "b", "a key that is longer than the words").get(random.nextInt(3)),
                random.nextInt(20) == 0 ? null : (Long) (long) (random.nextInt(span) - 10),
                random.nextInt(5) == 0 ? null : (Long) (long) random.nextInt(4));
    }

    /** By key, the sessions: each the rows in the order of their times. */
    private static List<List<List<Object>>> split(List<List<Object>> there) {
        Map<Object, List<List<Object>>> byKey = new TreeMap<>();
        there.stream()
                .filter(row -> row.get(1) != null)
                .forEach(row -> byKey.computeIfAbsent(row.get(0), key -> new ArrayList<>())
                        .add(row));
        List<List<List<Object>>> sessions = new ArrayList<>();
        for (List<List<Object>> rows : byKey.values()) {
            rows.sort((left, right) -> Long.compare((Long) left.get(1), (Long) right.get(1)));
            long last = Long.MIN_VALUE / 2;
            for (List<Object> row : rows) {
                if ((Long) row.get(1) > last + GAP) {
                    sessions.add(new ArrayList<>());
                }
                sessions.get(sessions.size() - 1).add(row);
                last = (Long) row.get(1);
            }
        }
        return sessions;
    }

    private static Map<List<Object>, Long> sessionsOf(List<List<Object>> there) {
        Map<List<Object>, Long> sessions = new HashMap<>();
        for (List<List<Object>> rows : split(there)) {
            List<Long> values = new ArrayList<>();
            rows.stream().filter(row -> row.get(2) != null).forEach(row -> values.add((Long) row.get(2)));
            sessions.put(
                    Rows.row(
                            rows.get(0).get(0),
                            rows.get(0).get(1),
                            (Long) rows.get(rows.size() - 1).get(1) + GAP,
                            (long) rows.size(),
                            values.isEmpty()
                                    ? null
                                    : (Long) values.stream()
                                            .mapToLong(Long::longValue)
                                            .sum(),
                            values.stream().distinct().count(),
                            values.isEmpty() ? null : Collections.max(values)),
                    1L);
        }
        return sessions;
    }

    private static Map<List<Object>, Long> membersOf(List<List<Object>> there) {
        Map<List<Object>, Long> members = new HashMap<>();
        for (List<List<Object>> rows : split(there)) {
            long end = (Long) rows.get(rows.size() - 1).get(1) + GAP;
            for (List<Object> row : rows) {
                List<Object> member = new ArrayList<>(row);
                member.addAll(List.of(rows.get(0).get(1), end, end - 1_000));
                members.merge(member, 1L, Long::sum);
            }
        }
        return members;
    }

    /** The watermark goes with the rows: those that are late, and those that come after a close, find the same sessions. */
    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void members_are_those_of_the_sessions_that_are_counted(long seed) {
        Random random = new Random(seed);
        WindowAggregate node = aggregate(
                TimeAttribute.EVENT_TIME,
                new AggregateCall(AggregateFunction.COUNT, null, null, BIGINT),
                new AggregateCall(AggregateFunction.SUM, 2, null, BIGINT));
        Sum counted = new Sum(node.rowType());
        Sum seen = new Sum(node.rowType());
        Sum closed = new Sum(ASSIGNED);
        Sum changing = new Sum(ASSIGNED);
        WindowAssign assign = assign(TimeAttribute.EVENT_TIME);
        List<Operator> operators = List.of(
                new SessionAggregateOperator(node, counted),
                new ChangeSessionsOperator(node, seen),
                new SessionAssignOperator(assign, List.of(0), false, closed),
                new SessionAssignOperator(assign, List.of(0), true, changing));
        long now = 0;
        long watermark = Watermarks.NONE;
        for (int step = 0; step < 40; step++) {
            for (int i = random.nextInt(6); i > 0; i--) {
                now += random.nextInt(12);
                long time = now - random.nextInt(60);
                List<Object> row = Rows.row(
                        random.nextBoolean() ? "a" : "a key that is longer than the words",
                        random.nextInt(20) == 0 ? null : (Long) time,
                        (long) random.nextInt(9));
                watermark = Math.max(watermark, now - 35);
                Watermarks reached = new Watermarks(watermark, watermark);
                boolean isSecond = random.nextInt(4) == 0;
                for (Operator operator : operators) {
                    operator.push(isSecond ? Rows.batch(INPUT, row, row) : Rows.batch(INPUT, row));
                    operator.advance(reached);
                }
            }
            operators.forEach(Operator::endStep);
            assertThat(sessions(changing.rows))
                    .as("seed %d, step %d", seed, step)
                    .isEqualTo(seen.rows);
            assertThat(sessions(closed.rows)).as("seed %d, step %d", seed, step).isEqualTo(counted.rows);
        }
        operators.forEach(Operator::finish);
        assertThat(sessions(closed.rows)).as("seed %d", seed).isEqualTo(counted.rows);
        assertThat(counted.rows).as("seed %d", seed).isEqualTo(seen.rows);
        for (Operator operator : operators) {
            assertThat(((Windowed) operator).lateRows()).isEqualTo(((Windowed) operators.get(0)).lateRows());
        }
    }

    /** An operator that is saved now and then, and gives way to one that is given what was saved. */
    private static final class Restarted<T extends Operator> {
        private final Function<Operator, T> maker;
        private final Function<T, SavedState> state;
        private final Sum sum;
        private final SavedStates saved = new SavedStates();
        private final List<Consumer<Operator>> since = new ArrayList<>();

        private T operator;
        private Map<List<Object>, Long> then = Map.of();
        private boolean isSaving;
        private Watermarks reached = new Watermarks(Watermarks.NONE, Watermarks.NONE);
        private Watermarks reachedThen = reached;

        Restarted(RowType rowType, Function<Operator, T> maker, Function<T, SavedState> state) {
            this.maker = maker;
            this.state = state;
            sum = new Sum(rowType);
            operator = maker.apply(sum);
        }

        void act(Consumer<Operator> action) {
            action.accept(operator);
            if (isSaving) {
                since.add(action);
            }
        }

        void advance(Watermarks watermarks) {
            reached = watermarks;
            act(each -> each.advance(watermarks));
        }

        void endStep(Random random, String seed) {
            act(Operator::endStep);
            if (isSaving && random.nextBoolean()) {
                saved.end(List.of(state.apply(operator)));
                isSaving = false;
                if (random.nextBoolean()) {
                    restart(seed);
                }
            } else if (!isSaving && random.nextInt(3) == 0) {
                isSaving = true;
                since.clear();
                then = new HashMap<>(sum.rows);
                reachedThen = reached;
                saved.begin(List.of(state.apply(operator)), random);
            }
        }

        /** Does again what has been done since the save began. */
        private void restart(String seed) {
            Map<List<Object>, Long> now = sum.rows;
            sum.rows = then;
            operator = maker.apply(sum);
            saved.restore(List.of(state.apply(operator)));
            operator.advance(reachedThen);
            since.forEach(action -> action.accept(operator));
            assertThat(sum.rows).as(seed).isEqualTo(now);
            // what has changed since is not in what has been saved
            since.clear();
            saved.begin(List.of(state.apply(operator)), new Random());
            saved.end(List.of(state.apply(operator)));
        }
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void sessions_are_restored_from_what_was_saved(long seed) {
        Random random = new Random(seed);
        TimeAttribute attribute = random.nextInt(4) == 0 ? TimeAttribute.NONE : TimeAttribute.EVENT_TIME;
        WindowAggregate node = aggregate(
                attribute,
                new AggregateCall(AggregateFunction.COUNT, null, null, BIGINT),
                new AggregateCall(AggregateFunction.COUNT, 2, null, true, BIGINT),
                new AggregateCall(AggregateFunction.MAX, 0, null, DataType.varchar()));
        WindowAssign assign = assign(attribute);
        List<Integer> key = List.of(0);
        Sum seen = new Sum(node.rowType());
        Sum revised = new Sum(node.rowType());
        Sum members = new Sum(ASSIGNED);
        List<Operator> operators = List.of(
                new ChangeSessionsOperator(node, seen),
                new RevisedSessionsOperator(node, revised),
                new SessionAssignOperator(assign, key, true, members));
        List<Sum> sums = List.of(seen, revised, members);
        List<Restarted<?>> restarted = List.of(
                new Restarted<>(
                        node.rowType(),
                        output -> new ChangeSessionsOperator(node, output),
                        ChangeSessionsOperator::state),
                new Restarted<>(
                        node.rowType(),
                        output -> new RevisedSessionsOperator(node, output),
                        RevisedSessionsOperator::state),
                new Restarted<>(
                        ASSIGNED,
                        output -> new SessionAssignOperator(assign, key, true, output),
                        SessionAssignOperator::state));
        List<List<Object>> there = new ArrayList<>();
        long now = 0;
        for (int step = 0; step < 60; step++) {
            String at = "seed " + seed + ", step " + step;
            for (int i = random.nextInt(6); i > 0; i--) {
                now += random.nextInt(12);
                boolean goes = !there.isEmpty() && random.nextInt(4) == 0;
                List<Object> row = goes
                        ? there.get(random.nextInt(there.size()))
                        : Rows.row(
                                List.of("a", "b", "a key that is longer than the words")
                                        .get(random.nextInt(3)),
                                random.nextInt(20) == 0 ? null : (Long) (now - random.nextInt(60)),
                                (long) random.nextInt(4));
                boolean isRevised = goes && there.remove(row);
                if (!goes && (Long) row.get(2) > 0) {
                    there.add(row);
                }
                Batch batch = weighted(List.of(row), List.of(isRevised ? -1L : 1L));
                Watermarks reached = new Watermarks(now - 35, now - 35);
                there.removeIf(each -> each.get(1) != null && (Long) each.get(1) + GAP <= reached.eventTime());
                for (int each = isRevised ? 1 : 0; each < operators.size(); each++) {
                    operators.get(each).push(batch);
                    restarted.get(each).act(operator -> operator.push(batch));
                }
                operators.forEach(operator -> operator.advance(reached));
                restarted.forEach(each -> each.advance(reached));
            }
            operators.forEach(Operator::endStep);
            for (int each = 0; each < sums.size(); each++) {
                restarted.get(each).endStep(random, at);
                assertThat(restarted.get(each).sum.rows).as(at).isEqualTo(sums.get(each).rows);
            }
        }
    }

    /** Members, by their sessions: how many, and the sum of their values. */
    private static Map<List<Object>, Long> sessions(Map<List<Object>, Long> members) {
        Map<List<Object>, long[]> sums = new HashMap<>();
        members.forEach((row, weight) -> {
            long[] sum = sums.computeIfAbsent(Rows.row(row.get(0), row.get(3), row.get(4)), key -> new long[2]);
            sum[0] += weight;
            sum[1] += weight * (Long) row.get(2);
        });
        Map<List<Object>, Long> sessions = new HashMap<>();
        sums.forEach((key, sum) -> {
            List<Object> row = new ArrayList<>(key);
            row.add(sum[0]);
            row.add(sum[1]);
            sessions.put(row, 1L);
        });
        return sessions;
    }
}
