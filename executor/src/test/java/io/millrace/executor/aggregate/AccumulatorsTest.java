package io.millrace.executor.aggregate;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.executor.aggregate.WeightedRows.Change;
import io.millrace.executor.checkpoint.SavedStates;
import io.millrace.executor.state.GroupTable;
import io.millrace.plan.AggregateCall;
import io.millrace.plan.AggregateFunction;
import io.millrace.plan.DataType;
import io.millrace.plan.SortKey;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Random rows that come and go: every aggregate of every type against a model, and against one pass over what is left. */
class AccumulatorsTest {
    private static final DataType BIGINT = DataType.of(DataType.Kind.BIGINT);
    private static final DataType DOUBLE = DataType.of(DataType.Kind.DOUBLE);
    private static final DataType REAL = DataType.of(DataType.Kind.REAL);
    private static final DataType MONEY = DataType.decimal(10, 2);
    private static final DataType WIDE = DataType.decimal(38, 3);
    private static final DataType BOOLEAN = DataType.of(DataType.Kind.BOOLEAN);
    private static final DataType TEXT = DataType.varchar();

    private static final int RUNS = Integer.getInteger("millrace.test.runs", 5);
    private static final int FILTER = 6;
    private static final int FRACTION = 7;
    static final List<DataType> TYPES = List.of(BIGINT, DOUBLE, REAL, MONEY, WIDE, TEXT, BOOLEAN, DOUBLE);
    private static final List<AggregateCall> CALLS = calls();
    static final int GROUPS = 5;

    static LongStream seeds() {
        return LongStream.concat(LongStream.range(1, 4), new Random().longs(RUNS));
    }

    private static List<AggregateCall> calls() {
        List<AggregateCall> calls = new ArrayList<>();
        calls.add(new AggregateCall(AggregateFunction.COUNT, null, null, BIGINT));
        calls.add(new AggregateCall(AggregateFunction.COUNT, null, FILTER, BIGINT));
        calls.add(new AggregateCall(AggregateFunction.LISTAGG, 5, null, List.of(), FILTER, false, TEXT));
        calls.add(new AggregateCall(AggregateFunction.LISTAGG, 5, 5, List.of(), null, true, TEXT));
        calls.add(new AggregateCall(
                AggregateFunction.LISTAGG,
                5,
                5,
                List.of(new SortKey(1, true, false), new SortKey(4, false, true)),
                null,
                false,
                TEXT));
        calls.add(new AggregateCall(
                AggregateFunction.ARRAY_AGG,
                4,
                null,
                List.of(new SortKey(5, true, true), new SortKey(1, false, false)),
                FILTER,
                false,
                DataType.array(WIDE)));
        for (AggregateFunction function : List.of(AggregateFunction.ARG_MIN, AggregateFunction.ARG_MAX)) {
            calls.add(new AggregateCall(function, 0, 5, List.of(), null, false, BIGINT));
            calls.add(new AggregateCall(function, 5, 6, List.of(), FILTER, false, TEXT));
            calls.add(new AggregateCall(function, 4, 1, List.of(), FILTER, false, WIDE));
            calls.add(new AggregateCall(function, 1, 4, List.of(), null, false, DOUBLE));
        }
        for (int column = 0; column < TYPES.size(); column++) {
            for (AggregateFunction function : AggregateFunction.values()) {
                DataType type = resultType(function, TYPES.get(column));
                if (type != null) {
                    calls.add(new AggregateCall(function, column, null, type));
                    boolean distinct = function != AggregateFunction.SINGLE_VALUE;
                    calls.add(new AggregateCall(function, column, FILTER, distinct, type));
                }
            }
        }
        return calls;
    }

    private static DataType resultType(AggregateFunction function, DataType input) {
        boolean isNumber = input.isNumeric();
        return switch (function) {
            case COUNT -> BIGINT;
            case SUM -> !isNumber ? null : input.isInteger() ? BIGINT : input.isApproximate() ? DOUBLE : sumOf(input);
            case AVG, VAR_POP, VAR_SAMP, STDDEV_POP, STDDEV_SAMP ->
                !isNumber ? null : input.kind() == DataType.Kind.DECIMAL ? sumOf(input) : DOUBLE;
            case MIN, MAX, SINGLE_VALUE -> input;
            case BIT_AND, BIT_OR, BIT_XOR -> input.isInteger() ? input : null;
            case ARRAY_AGG -> DataType.array(input);
            case LISTAGG, ARG_MIN, ARG_MAX, APPROX_COUNT_DISTINCT, APPROX_PERCENTILE -> null;
        };
    }

    private static DataType sumOf(DataType input) {
        return DataType.decimal(38, input.scale());
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void the_result_depends_on_what_is_there_alone(long seed) {
        Random random = new Random(seed);
        Groups changing = new Groups(someCalls(random), Aggregates.Use.CHANGED);
        List<Change> left = new ArrayList<>();
        for (int step = 0; step < 6; step++) {
            List<Change> changes = new ArrayList<>();
            for (int i = random.nextInt(60); i > 0; i--) {
                boolean goes = !left.isEmpty() && random.nextInt(100) < (step % 3 == 2 ? 70 : 30);
                Change change = goes ? left.remove(random.nextInt(left.size())) : newChange(random);
                if (goes) {
                    changes.add(new Change(change.group(), change.row(), -change.weight()));
                } else {
                    changes.add(change);
                    left.add(change);
                }
            }
            Collections.shuffle(changes, random);
            changing.add(changes);
            if (random.nextBoolean()) {
                changing.sweep();
            }
            assertSame(changing, left, "seed " + seed);
        }
        assertSame(onePass(changing.calls, left, random), left, "seed " + seed);
        assertSame(merged(changing.calls, left, random), left, "seed " + seed);

        Collections.shuffle(left, random);
        changing.add(left.stream()
                .map(change -> new Change(change.group(), change.row(), -change.weight()))
                .toList());
        changing.assertNothingIsHeld("seed " + seed);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void groups_that_are_dropped_leave_the_others_as_they_are(long seed) {
        Random random = new Random(seed);
        Groups changing = new Groups(someCalls(random), Aggregates.Use.CHANGED);
        List<Change> all = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            all.add(newChange(random));
        }
        changing.add(all);
        BitSet dead = new BitSet();
        for (int group = 0; group < GROUPS; group++) {
            dead.set(group, random.nextBoolean());
        }
        changing.drop(dead);
        all.removeIf(change -> dead.get(change.group()));
        assertSame(changing, all, "seed " + seed);
        for (int i = 0; i < 100; i++) {
            Change more = newChange(random);
            all.add(more);
            changing.add(List.of(more));
        }
        assertSame(changing, all, "seed " + seed);
        changing.add(all.stream()
                .map(change -> new Change(change.group(), change.row(), -change.weight()))
                .toList());
        changing.assertNothingIsHeld("seed " + seed);
    }

    /** A save holds the groups as they were when it began, and what they are restored to goes on as they do. */
    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void groups_are_restored_from_what_was_saved(long seed) {
        Random random = new Random(seed);
        Aggregates.Use use = Aggregates.Use.values()[random.nextInt(3)];
        List<AggregateCall> calls = use == Aggregates.Use.CHANGED ? someCalls(random) : someKept(random);
        Groups groups = new Groups(calls, use);
        List<Change> left = new ArrayList<>();
        SavedStates saved = new SavedStates();
        for (int save = 0; save < 5; save++) {
            for (int step = random.nextInt(3); step >= 0; step--) {
                groups.add(changes(left, use, random));
            }
            if (random.nextInt(3) == 0) {
                groups.sweep();
            }
            if (use == Aggregates.Use.CHANGED && random.nextInt(4) == 0) {
                BitSet dead = new BitSet();
                dead.set(random.nextInt(GROUPS));
                groups.drop(dead);
                groups.pieces.renumbered();
                left.removeIf(change -> dead.get(change.group()));
            }
            saved.begin(groups.states(), random);
            List<List<Object>> then = groups.results();
            boolean goesOn = random.nextBoolean();
            if (goesOn) {
                groups.add(changes(left, use, random));
            }
            saved.end(groups.states());
            Groups restored = new Groups(calls, use);
            saved.restore(restored.states());
            assertThat(restored.results())
                    .as("seed %d, %s of %s", seed, calls, TYPES)
                    .isEqualTo(then);
            if (!goesOn && random.nextBoolean()) {
                groups = restored;
            }
        }
        for (int step = 0; step < 3; step++) {
            SavedStates all = new SavedStates();
            all.begin(groups.states(), random);
            all.end(groups.states());
            Groups restored = new Groups(calls, use);
            all.restore(restored.states());
            List<Change> changes = changes(left, use, random);
            groups.add(changes);
            restored.add(changes);
            assertThat(restored.results())
                    .as("seed %d, %s of %s", seed, calls, TYPES)
                    .isEqualTo(groups.results());
            groups = restored;
        }
        if (use == Aggregates.Use.CHANGED) {
            groups.add(left.stream()
                    .map(change -> new Change(change.group(), change.row(), -change.weight()))
                    .toList());
            groups.assertNothingIsHeld("seed " + seed);
        }
    }

    /** Calls where nothing is taken away, of more functions then. */
    private static List<AggregateCall> someKept(Random random) {
        List<AggregateCall> calls = new ArrayList<>(noSingleValues(someCalls(random)));
        for (int column = 0; column < TYPES.size(); column++) {
            if (random.nextBoolean()) {
                calls.add(new AggregateCall(AggregateFunction.APPROX_COUNT_DISTINCT, column, null, BIGINT));
            }
        }
        calls.add(new AggregateCall(AggregateFunction.APPROX_PERCENTILE, 1, FRACTION, List.of(), null, false, DOUBLE));
        return calls;
    }

    /** Some rows that come, and, where they may, go; what is left then. */
    private static List<Change> changes(List<Change> left, Aggregates.Use use, Random random) {
        List<Change> changes = new ArrayList<>();
        for (int i = random.nextInt(40); i > 0; i--) {
            boolean goes = use == Aggregates.Use.CHANGED && !left.isEmpty() && random.nextInt(100) < 45;
            Change change = goes ? left.remove(random.nextInt(left.size())) : newChange(random);
            if (goes) {
                changes.add(new Change(change.group(), change.row(), -change.weight()));
            } else {
                changes.add(change);
                left.add(change);
            }
        }
        Collections.shuffle(changes, random);
        return use == Aggregates.Use.CHANGED ? changes : ones(changes);
    }

    /** The same rows without weights, in another order. */
    private static Groups onePass(List<AggregateCall> calls, List<Change> left, Random random) {
        Groups groups = new Groups(noSingleValues(calls), Aggregates.Use.KEPT);
        List<Change> ones = ones(left);
        Collections.shuffle(ones, random);
        groups.add(ones);
        return groups;
    }

    /** The same rows in several tables, which are then merged. */
    private static Groups merged(List<AggregateCall> calls, List<Change> left, Random random) {
        Aggregates.Use use = random.nextBoolean() ? Aggregates.Use.MERGED : Aggregates.Use.CHANGED;
        Groups groups = new Groups(
                noSingleValues(calls).stream()
                        .filter(call -> use == Aggregates.Use.MERGED
                                || !call.distinct()
                                || call.function() == AggregateFunction.LISTAGG)
                        .toList(),
                use);
        GroupTable merged = groups.table;
        for (int part = 0; part < 3; part++) {
            groups.table = groups.aggregates.newTable();
            int chosen = part;
            groups.add(ones(left).stream()
                    .filter(change -> Math.floorMod(change.row().hashCode(), 3) == chosen)
                    .toList());
            groups.aggregates.merge(groups.table, merged);
        }
        groups.table = merged;
        return groups;
    }

    private static List<AggregateCall> someCalls(Random random) {
        return CALLS.stream().filter(call -> random.nextInt(3) == 0).toList();
    }

    private static List<AggregateCall> noSingleValues(List<AggregateCall> calls) {
        return calls.stream()
                .filter(call -> call.function() != AggregateFunction.SINGLE_VALUE)
                .toList();
    }

    private static List<Change> ones(List<Change> changes) {
        List<Change> ones = new ArrayList<>();
        for (Change change : changes) {
            ones.addAll(Collections.nCopies((int) change.weight(), new Change(change.group(), change.row(), 1)));
        }
        return ones;
    }

    private static void assertSame(Groups groups, List<Change> left, String seed) {
        for (int group = 0; group < GROUPS; group++) {
            int own = group;
            List<List<Object>> rows = ones(left).stream()
                    .filter(change -> change.group() == own)
                    .map(Change::row)
                    .toList();
            for (int i = 0; i < groups.calls.size(); i++) {
                AggregateCall call = groups.calls.get(i);
                // bit for bit: -0.0 is not 0.0 to equals
                assertThat(groups.result(group, i))
                        .as("%s, %s of %s, group %d of %s", seed, call, TYPES, group, rows)
                        .isEqualTo(MultisetModel.aggregate(call, rows));
            }
        }
    }

    private static Change newChange(Random random) {
        List<Object> row = new ArrayList<>();
        for (int column = 0; column < TYPES.size(); column++) {
            Object value = column == FRACTION ? (Object) (random.nextInt(5) * 0.25) : value(TYPES.get(column), random);
            row.add(random.nextInt(6) == 0 ? null : value);
        }
        return new Change(random.nextInt(GROUPS), row, random.nextInt(4) == 0 ? 1 + random.nextInt(5) : 1);
    }

    private static Object value(DataType type, Random random) {
        return switch (type.kind()) {
            case BIGINT ->
                switch (random.nextInt(8)) {
                    case 0 -> Long.MAX_VALUE;
                    case 1 -> Long.MIN_VALUE;
                    case 2 -> random.nextLong();
                    default -> (long) random.nextInt(7) - 3;
                };
            case DOUBLE -> randomDouble(random);
            case REAL -> (double) (float) randomDouble(random);
            case DECIMAL -> randomDecimal(type, random);
            case BOOLEAN -> random.nextBoolean();
            default -> "x".repeat(random.nextInt(3) * random.nextInt(12)) + random.nextInt(4);
        };
    }

    private static double randomDouble(Random random) {
        return switch (random.nextInt(40)) {
            case 0 -> Double.NaN;
            case 1 -> Double.POSITIVE_INFINITY;
            case 2 -> Double.NEGATIVE_INFINITY;
            case 3 -> Double.MAX_VALUE * (random.nextBoolean() ? 1 : -1);
            case 4 -> Double.MIN_VALUE * (random.nextInt(9) - 4);
            case 5 -> -0.0;
            case 6 -> Math.scalb(random.nextGaussian(), random.nextInt(2000) - 1000);
            case 7, 8 -> Math.scalb(random.nextGaussian(), random.nextInt(200) - 100);
            case 9, 10, 11, 12, 13, 14 -> random.nextInt(100_000) * 0.01;
            case 15, 16, 17 -> random.nextGaussian();
            default -> random.nextInt(9) * 0.5;
        };
    }

    private static BigDecimal randomDecimal(DataType type, Random random) {
        BigInteger most = BigInteger.TEN.pow(type.precision()).subtract(BigInteger.ONE);
        BigInteger unscaled = switch (random.nextInt(8)) {
            case 0 -> most;
            case 1 -> most.negate();
            case 2 -> new BigInteger(most.bitLength() - 1, random);
            default -> BigInteger.valueOf(random.nextInt(2_000) - 1_000);
        };
        return new BigDecimal(unscaled, type.scale());
    }
}
