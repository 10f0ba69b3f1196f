package io.millrace.executor.operator;

import static io.millrace.executor.operator.Rows.row;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.plan.DataType;
import io.millrace.plan.Limit;
import io.millrace.plan.RowType;
import io.millrace.plan.Sort;
import io.millrace.plan.SortKey;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SortOperatorTest {
    private static final DataType BIGINT = DataType.of(DataType.Kind.BIGINT);
    private static final DataType DOUBLE = DataType.of(DataType.Kind.DOUBLE);

    private static List<List<Object>> sort(
            RowType type, List<SortKey> keys, long offset, long fetch, List<List<Object>> rows, int batchRows) {
        CollectingOperator output = new CollectingOperator(type);
        SortOperator operator = new SortOperator(new Sort(Rows.scan(type), keys, offset, fetch, type), output);
        for (int from = 0; from < rows.size(); from += batchRows) {
            List<List<Object>> batch = rows.subList(from, Math.min(rows.size(), from + batchRows));
            operator.push(from % 2 == 0 ? Rows.batch(type, batch) : Rows.selectedBatch(type, batch));
        }
        assertThat(output.rows).isEmpty();
        operator.finish();
        assertThat(output.batchSizes).allMatch(size -> size <= 4_096);
        assertThat(output.calls).endsWith("finish");
        return output.rows;
    }

    private static List<List<Object>> sortColumn(DataType type, SortKey key, Object... values) {
        List<List<Object>> rows = new ArrayList<>();
        for (Object value : values) {
            rows.add(row(value));
        }
        return sort(Rows.rowType(type), List.of(key), 0, Limit.ALL, rows, 2);
    }

    @Test
    void every_type_is_ordered_with_nulls_where_they_are_wanted() {
        SortKey up = new SortKey(0, false, false);
        SortKey down = new SortKey(0, true, true);
        assertThat(sortColumn(BIGINT, up, 3L, null, Long.MIN_VALUE, Long.MAX_VALUE))
                .containsExactly(row(Long.MIN_VALUE), row(3L), row(Long.MAX_VALUE), row((Object) null));
        assertThat(sortColumn(BIGINT, down, 3L, Long.MAX_VALUE, null, Long.MIN_VALUE))
                .containsExactly(row((Object) null), row(Long.MAX_VALUE), row(3L), row(Long.MIN_VALUE));
        assertThat(sortColumn(DOUBLE, up, Double.NaN, 1.0, Double.NEGATIVE_INFINITY, -1.0, Double.POSITIVE_INFINITY))
                .containsExactly(
                        row(Double.NEGATIVE_INFINITY),
                        row(-1.0),
                        row(1.0),
                        row(Double.POSITIVE_INFINITY),
                        row(Double.NaN));
        assertThat(sortColumn(
                        DataType.varchar(), down, "a", "", null, "a longer one, no. 1", "é", "a longer one, no. 2"))
                .containsExactly(
                        row((Object) null),
                        row("é"),
                        row("a longer one, no. 2"),
                        row("a longer one, no. 1"),
                        row("a"),
                        row(""));
        DataType wide = DataType.decimal(38, 0);
        BigDecimal large = new BigDecimal("12345678901234567890123");
        assertThat(sortColumn(wide, up, large, large.negate(), BigDecimal.ONE, large.add(BigDecimal.ONE)))
                .containsExactly(row(large.negate()), row(BigDecimal.ONE), row(large), row(large.add(BigDecimal.ONE)));
    }

    @Test
    void offset_and_fetch_cut_the_sorted_rows() {
        RowType type = Rows.rowType(BIGINT);
        List<SortKey> keys = List.of(new SortKey(0, false, false));
        List<List<Object>> rows = List.of(row(3L), row(1L), row(2L));
        assertThat(sort(type, keys, 1, 1, rows, 1)).containsExactly(row(2L));
        assertThat(sort(type, keys, 0, 0, rows, 1)).isEmpty();
        assertThat(sort(type, keys, 5, 5, rows, 1)).isEmpty();
        assertThat(sort(type, keys, 2, Limit.ALL, rows, 1)).containsExactly(row(3L));
    }

    @ParameterizedTest
    @ValueSource(longs = {10, 4_096, 30_000, Limit.ALL})
    void the_sort_is_stable_however_many_rows_are_wanted(long fetch) {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        RowType type = Rows.rowType(BIGINT, DOUBLE, BIGINT);
        List<List<Object>> rows = new ArrayList<>();
        for (long i = 0; i < 60_000; i++) {
            rows.add(row(random.nextInt(10) == 0 ? null : (long) random.nextInt(50), random.nextInt(3) * 1.0, i));
        }
        Comparator<List<Object>> first =
                Comparator.comparing(r -> (Long) r.get(0), Comparator.nullsFirst(Comparator.naturalOrder()));
        Comparator<List<Object>> second = Comparator.comparing(r -> (Double) r.get(1), Comparator.reverseOrder());
        List<List<Object>> expected = rows.stream()
                .sorted(first.thenComparing(second))
                .skip(7)
                .limit(fetch)
                .toList();
        List<SortKey> keys = List.of(new SortKey(0, false, true), new SortKey(1, true, false));
        assertThat(sort(type, keys, 7, fetch, rows, 1_000).equals(expected))
                .as("seed %d", seed)
                .isTrue();
    }

    @Test
    void a_small_top_n_keeps_few_rows() {
        RowType type = Rows.rowType(BIGINT);
        SortOperator operator = new SortOperator(
                new Sort(Rows.scan(type), List.of(new SortKey(0, true, false)), 0, 10, type),
                new CollectingOperator(type));
        List<List<Object>> rows = new ArrayList<>();
        for (long i = 0; i < 4_096; i++) {
            rows.add(row(i));
        }
        for (int i = 0; i < 50; i++) {
            operator.push(Rows.batch(type, rows));
        }
        assertThat(operator.stateBytes()).isLessThan(1_000_000);
    }
}
