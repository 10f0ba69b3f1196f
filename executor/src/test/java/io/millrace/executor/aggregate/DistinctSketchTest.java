package io.millrace.executor.aggregate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.millrace.executor.aggregate.WeightedRows.Change;
import io.millrace.executor.column.Batch;
import io.millrace.executor.state.GroupTable;
import io.millrace.executor.state.StringInterner;
import io.millrace.plan.AggregateCall;
import io.millrace.plan.AggregateFunction;
import io.millrace.plan.DataType;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DistinctSketchTest {
    private static final DataType BIGINT = DataType.of(DataType.Kind.BIGINT);
    private static final DataType DOUBLE = DataType.of(DataType.Kind.DOUBLE);
    private static final DataType WIDE = DataType.decimal(38, 3);
    private static final DataType TEXT = DataType.varchar();
    private static final List<DataType> TYPES = List.of(BIGINT, DOUBLE, WIDE, TEXT);

    private final Aggregates aggregates = new Aggregates(
            IntStream.range(0, TYPES.size())
                    .mapToObj(column ->
                            new AggregateCall(AggregateFunction.APPROX_COUNT_DISTINCT, column, null, BIGINT.notNull()))
                    .toList(),
            TYPES,
            0,
            new StringInterner(),
            Aggregates.Use.KEPT);

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 7, 8, 9, 300, 383, 384, 385, 1_000, 20_000, 100_000})
    void any_order_and_any_parts_give_the_same_within_five_hundredths(int distinct) {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        List<Long> values = new ArrayList<>();
        for (long i = 0; i < distinct; i++) {
            values.addAll(Collections.nCopies(1 + random.nextInt(2), i * 7919));
        }
        List<Long> expected = counts(table(values));
        for (long count : expected) {
            assertThat((double) count).as("seed " + seed).isCloseTo(distinct, within(distinct * 0.07));
        }
        Collections.shuffle(values, random);
        assertThat(counts(table(values))).as("seed " + seed).isEqualTo(expected);

        GroupTable merged = aggregates.newTable();
        int from = 0;
        while (from < values.size()) {
            int to = Math.min(values.size(), from + 1 + random.nextInt(Math.max(1, distinct / 2)));
            aggregates.merge(table(values.subList(from, to)), merged);
            from = to;
        }
        assertThat(counts(merged)).as("seed " + seed).isEqualTo(expected);
    }

    @Test
    void few_are_counted_exactly() {
        for (int distinct = 0; distinct < 100; distinct++) {
            List<Long> values = LongStream.range(0, distinct).boxed().toList();
            assertThat(counts(table(values))).containsOnly((long) distinct);
        }
    }

    @Test
    void zeros_are_one_and_nans_are_one_and_an_empty_text_is_one() {
        GroupTable table = aggregates.newTable();
        add(table, List.of(row(0L, 0.0, "0", ""), row(0L, -0.0, "-0", "a"), row(1L, Double.NaN, "0.001", "")));
        assertThat(counts(table)).containsExactly(2L, 2L, 2L, 2L);
    }

    @Test
    void memory_is_counted_and_given_back() {
        GroupTable table = table(LongStream.range(0, 100_000).boxed().toList());
        assertThat(table.bytes()).isBetween(4L * 4096, 40_000L);
        BitSet all = new BitSet();
        all.set(0);
        aggregates.compact(table, all);
        assertThat(table.bytes()).isLessThan(4096);
    }

    private GroupTable table(List<Long> values) {
        GroupTable table = aggregates.newTable();
        for (int from = 0; from < values.size(); from += 1000) {
            add(
                    table,
                    values.subList(from, Math.min(values.size(), from + 1000)).stream()
                            .map(value -> row(value, value * 0.1, value + ".5", "text " + value))
                            .toList());
        }
        return table;
    }

    private static Change row(long number, double real, String decimal, String text) {
        return new Change(0, Arrays.asList(number, real, new BigDecimal(decimal).setScale(3), text), 1);
    }

    private void add(GroupTable table, List<Change> rows) {
        Batch batch = WeightedRows.of(TYPES, rows);
        int[] numbers = IntStream.range(0, rows.size()).toArray();
        int[] groups = new int[rows.size()];
        Arrays.fill(groups, table.onlyGroup());
        aggregates.add(table, groups, batch, numbers, rows.size());
    }

    private List<Long> counts(GroupTable table) {
        int[] group = {table.onlyGroup()};
        return IntStream.range(0, TYPES.size())
                .mapToObj(call -> (Long) io.millrace.executor.column.ColumnValues.value(
                        aggregates.result(call, table, group, 0, 1), 0, BIGINT))
                .toList();
    }
}
