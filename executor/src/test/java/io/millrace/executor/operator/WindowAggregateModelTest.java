package io.millrace.executor.operator;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.executor.time.Watermarks;
import io.millrace.plan.AggregateCall;
import io.millrace.plan.AggregateFunction;
import io.millrace.plan.DataType;
import io.millrace.plan.Field;
import io.millrace.plan.RowType;
import io.millrace.plan.TimeAttribute;
import io.millrace.plan.WindowAggregate;
import io.millrace.plan.WindowSpec;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Random streams: the operator, however its input is cut into batches, against a model that keeps every row. */
class WindowAggregateModelTest {
    private static final DataType BIGINT = DataType.of(DataType.Kind.BIGINT);
    private static final DataType DOUBLE = DataType.of(DataType.Kind.DOUBLE);
    private static final DataType BOOLEAN = DataType.of(DataType.Kind.BOOLEAN);
    private static final DataType WIDE = DataType.decimal(38, 3);
    private static final DataType MONEY = DataType.decimal(10, 2);

    /** Column 0 is the time; 1 to 7 can be keys and arguments; 8 a filter. */
    private static final RowType INPUT = Rows.rowType(
            DataType.timestamp(6), DataType.varchar(), BIGINT, DOUBLE, WIDE, MONEY, BOOLEAN, BIGINT.notNull(), BOOLEAN);

    private static final int FILTER = 8;

    private static final List<AggregateCall> CALLS = List.of(
            new AggregateCall(AggregateFunction.COUNT, null, null, BIGINT),
            new AggregateCall(AggregateFunction.COUNT, 1, FILTER, BIGINT),
            new AggregateCall(AggregateFunction.SUM, 2, null, BIGINT),
            new AggregateCall(AggregateFunction.SUM, 7, FILTER, BIGINT),
            new AggregateCall(AggregateFunction.SUM, 3, null, DOUBLE),
            new AggregateCall(AggregateFunction.SUM, 4, null, WIDE),
            new AggregateCall(AggregateFunction.SUM, 5, FILTER, DataType.decimal(38, 2)),
            new AggregateCall(AggregateFunction.AVG, 2, null, DOUBLE),
            new AggregateCall(AggregateFunction.AVG, 3, FILTER, DOUBLE),
            new AggregateCall(AggregateFunction.AVG, 4, null, WIDE),
            new AggregateCall(AggregateFunction.AVG, 5, null, DataType.decimal(38, 6)),
            new AggregateCall(AggregateFunction.MIN, 1, null, DataType.varchar()),
            new AggregateCall(AggregateFunction.MAX, 1, FILTER, DataType.varchar()),
            new AggregateCall(AggregateFunction.MIN, 2, null, BIGINT),
            new AggregateCall(AggregateFunction.MAX, 3, null, DOUBLE),
            new AggregateCall(AggregateFunction.MIN, 4, null, WIDE),
            new AggregateCall(AggregateFunction.MAX, 5, null, MONEY),
            new AggregateCall(AggregateFunction.MAX, 6, null, BOOLEAN));

    static Stream<Long> seeds() {
        long base = System.nanoTime();
        return Stream.concat(Stream.of(1L, 2L, 3L), new Random(base).longs(47).boxed());
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void the_operator_agrees_with_the_model_wherever_batches_are_cut(long seed) {
        Random random = new Random(seed);
        WindowAggregate node = randomNode(random);
        List<List<Object>> log = randomLog(random, node.window());
        long delay = random.nextInt(3) * node.window().slide();

        List<List<Object>> expected = model(node, log, delay);
        assertSame(run(node, log, delay, new Random(seed + 1), 1), expected, seed);
        assertSame(run(node, log, delay, new Random(seed + 2), 700), expected, seed);
    }

    /** Shows the first difference only. */
    private static void assertSame(List<List<Object>> actual, List<List<Object>> expected, long seed) {
        for (int i = 0; i < Math.min(actual.size(), expected.size()); i++) {
            assertThat(actual.get(i)).as("seed %d, row %d", seed, i).isEqualTo(expected.get(i));
        }
        assertThat(actual).as("seed %d", seed).hasSameSizeAs(expected);
    }

    private static WindowAggregate randomNode(Random random) {
        long[][] shapes = {{10, 10}, {30, 10}, {25, 10}, {60, 7}, {100, 1}, {40, 40}, {64, 4}, {7, 3}};
        long[] shape = shapes[random.nextInt(shapes.length)];
        long offset = random.nextInt(3) == 0 ? random.nextInt(200) - 100 : 0;
        WindowSpec window = WindowSpec.hop(shape[0], shape[1], offset);
        List<Integer> keys = new ArrayList<>();
        for (int column = 1; column <= 7; column++) {
            if (random.nextInt(3) == 0) {
                keys.add(column);
            }
        }
        List<AggregateCall> calls =
                CALLS.stream().filter(call -> random.nextInt(3) > 0).toList();
        TimeAttribute[] attributes = TimeAttribute.values();
        return node(window, attributes[random.nextInt(attributes.length)], keys, calls);
    }

    private static WindowAggregate node(
            WindowSpec window, TimeAttribute attribute, List<Integer> keys, List<AggregateCall> calls) {
        List<Field> fields = new ArrayList<>();
        keys.forEach(key -> fields.add(INPUT.fields().get(key)));
        fields.add(new Field("window_start", DataType.timestamp(6)));
        fields.add(new Field("window_end", DataType.timestamp(6)));
        calls.forEach(call -> fields.add(new Field("a", call.type())));
        return new WindowAggregate(Rows.scan(INPUT), window, 0, attribute, keys, calls, new RowType(fields));
    }

    private static List<List<Object>> randomLog(Random random, WindowSpec window) {
        List<List<Object>> log = new ArrayList<>();
        long now = random.nextInt(1000) - 500;
        int rows = 1 + random.nextInt(600);
        int distinct = 1 + random.nextInt(20);
        for (int i = 0; i < rows; i++) {
            now += random.nextInt(4) == 0 ? random.nextInt((int) window.slide()) : 0;
            now += random.nextInt(100) == 0 ? window.size() * random.nextInt(1_000_000) : 0;
            log.add(randomRow(random, randomTime(random, now, window), distinct));
        }
        return log;
    }

    private static Long randomTime(Random random, long now, WindowSpec window) {
        return switch (random.nextInt(30)) {
            case 0 -> null;
            case 1 -> random.nextBoolean() ? Long.MIN_VALUE : Long.MIN_VALUE + random.nextInt(2);
            case 2 -> now - random.nextInt((int) window.size() * 4);
            case 3, 4, 5, 6, 7 -> now - random.nextInt((int) window.size());
            default -> now;
        };
    }

    private static List<Object> randomRow(Random random, Long time, int distinct) {
        int pick = random.nextInt(distinct);
        return Rows.row(
                time,
                orNull(random, randomString(random.nextInt(distinct))),
                orNull(random, (long) pick * (random.nextInt(20) == 0 ? Integer.MAX_VALUE : 1) - 5),
                orNull(random, pick == 3 ? 0.0 : pick * 0.25 - 1),
                orNull(random, new BigDecimal(BigInteger.TEN.pow(30).multiply(BigInteger.valueOf(pick - 4L)), 3)),
                orNull(random, BigDecimal.valueOf(pick * 37L - 100, 2)),
                orNull(random, random.nextBoolean()),
                (long) pick,
                orNull(random, random.nextBoolean()));
    }

    private static Object orNull(Random random, Object value) {
        return random.nextInt(8) == 0 ? null : value;
    }

    private static String randomString(int pick) {
        return switch (pick % 5) {
            case 0 -> "";
            case 1 -> "w" + pick;
            case 2 -> "exactly-15-byte".substring(0, 15 - pick % 3);
            case 3 -> "a string that is longer than the words, " + pick;
            default -> "日本語" + "é".repeat(pick);
        };
    }

    /** Feeds the log as a scan does: cut at random, and wherever the watermark crosses the end of a window. */
    private static List<List<Object>> run(
            WindowAggregate node, List<List<Object>> log, long delay, Random random, int batchRows) {
        CollectingOperator output = new CollectingOperator(node.rowType());
        WindowAggregateOperator operator = new WindowAggregateOperator(node, output);
        long watermark = Watermarks.NONE;
        List<List<Object>> pending = new ArrayList<>();
        for (List<Object> row : log) {
            pending.add(row);
            long next = Math.max(watermark, watermarkOf(row, delay));
            boolean isCrossing = ends(node.window(), next) != ends(node.window(), watermark);
            watermark = next;
            if (isCrossing || pending.size() >= batchRows || random.nextInt(50) == 0) {
                push(operator, pending, random);
                operator.advance(new Watermarks(watermark, watermark));
                if (random.nextBoolean()) {
                    operator.endStep();
                }
            }
        }
        push(operator, pending, random);
        operator.finish();
        assertThat(operator.lateRows() + operator.unplacedRows()).isLessThanOrEqualTo(log.size());
        operator.close();
        return output.rows;
    }

    private static void push(Operator operator, List<List<Object>> pending, Random random) {
        if (!pending.isEmpty()) {
            operator.push(random.nextBoolean() ? Rows.batch(INPUT, pending) : Rows.selectedBatch(INPUT, pending));
            pending.clear();
        }
    }

    private static long watermarkOf(List<Object> row, long delay) {
        Long time = (Long) row.get(0);
        return time == null || time < -1_000_000 ? Watermarks.NONE : time - delay;
    }

    private static long ends(WindowSpec window, long watermark) {
        return watermark == Watermarks.NONE
                ? Long.MIN_VALUE
                : Math.floorDiv(watermark - window.offset() - window.size(), window.slide());
    }

    private static List<List<Object>> model(WindowAggregate node, List<List<Object>> log, long delay) {
        WindowSpec window = node.window();
        boolean hasWatermark = node.timeAttribute() != TimeAttribute.NONE;
        TreeMap<Long, TreeMap<List<Object>, List<List<Object>>>> open = new TreeMap<>();
        List<List<Object>> output = new ArrayList<>();
        long watermark = Watermarks.NONE;
        for (List<Object> row : log) {
            Long time = (Long) row.get(0);
            if (time != null && time > -1_000_000_000_000_000L) {
                long last = time - Math.floorMod(time - window.offset(), window.slide());
                for (long start = last; start > time - window.size(); start -= window.slide()) {
                    if (start + window.size() > watermark) {
                        List<Object> key = new ArrayList<>();
                        node.keys().forEach(k -> key.add(row.get(k)));
                        open.computeIfAbsent(start, s -> new TreeMap<>(AggregateModel.KEY_ORDER))
                                .computeIfAbsent(key, k -> new ArrayList<>())
                                .add(row);
                    }
                }
            }
            watermark = hasWatermark ? Math.max(watermark, watermarkOf(row, delay)) : watermark;
            while (!open.isEmpty() && open.firstKey() + window.size() <= watermark) {
                emit(node, open.firstKey(), open.pollFirstEntry().getValue(), output);
            }
        }
        open.forEach((start, groups) -> emit(node, start, groups, output));
        return output;
    }

    private static void emit(
            WindowAggregate node,
            long start,
            TreeMap<List<Object>, List<List<Object>>> groups,
            List<List<Object>> output) {
        groups.forEach((key, rows) -> {
            List<Object> row = new ArrayList<>(key);
            row.add(start);
            row.add(start + node.window().size());
            node.aggregates().forEach(call -> row.add(AggregateModel.aggregate(call, rows)));
            output.add(row);
        });
    }
}
