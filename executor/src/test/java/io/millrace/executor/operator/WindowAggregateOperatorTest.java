package io.millrace.executor.operator;

import static io.millrace.executor.operator.Rows.row;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.executor.time.Watermarks;
import io.millrace.plan.AggregateCall;
import io.millrace.plan.AggregateFunction;
import io.millrace.plan.DataType;
import io.millrace.plan.RowType;
import io.millrace.plan.TimeAttribute;
import io.millrace.plan.WindowAggregate;
import io.millrace.plan.WindowSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class WindowAggregateOperatorTest {
    private static final DataType BIGINT = DataType.of(DataType.Kind.BIGINT);
    private static final DataType TIME = DataType.timestamp(3);
    private static final RowType INPUT = Rows.rowType(TIME, DataType.varchar(), BIGINT);
    private static final RowType OUTPUT = Rows.rowType(DataType.varchar(), TIME, TIME, BIGINT);
    private static final AggregateCall COUNT = new AggregateCall(AggregateFunction.COUNT, null, null, BIGINT);

    private final CollectingOperator output = new CollectingOperator(OUTPUT);
    private WindowAggregateOperator operator = count(WindowSpec.hop(30, 10, 0), TimeAttribute.EVENT_TIME);

    private WindowAggregateOperator count(WindowSpec window, TimeAttribute attribute) {
        return new WindowAggregateOperator(
                new WindowAggregate(Rows.scan(INPUT), window, 0, attribute, List.of(1), List.of(COUNT), OUTPUT),
                output);
    }

    private void push(Long time, String word) {
        operator.push(Rows.batch(INPUT, row(time, word, 1L)));
    }

    private List<List<Object>> advance(long watermark) {
        operator.advance(new Watermarks(watermark, watermark));
        return output.take();
    }

    @Nested
    class When_the_watermark_advances {
        @Test
        void a_window_is_emitted_once_as_soon_as_its_end_is_reached() {
            push(5L, "a");
            assertThat(advance(9)).isEmpty();
            assertThat(advance(10)).containsExactly(row("a", -20L, 10L, 1L));
            assertThat(advance(10)).isEmpty();
            assertThat(advance(20)).containsExactly(row("a", -10L, 20L, 1L));
            assertThat(advance(30)).containsExactly(row("a", 0L, 30L, 1L));
            assertThat(advance(1_000)).isEmpty();
        }

        @Test
        void windows_come_in_order_of_their_ends_and_rows_in_order_of_their_keys() {
            push(25L, "b");
            push(15L, "é");
            push(15L, null);
            push(16L, "");
            push(26L, "a much longer word than fits");
            assertThat(advance(40))
                    .containsExactly(
                            row("", -10L, 20L, 1L),
                            row("é", -10L, 20L, 1L),
                            row(null, -10L, 20L, 1L),
                            row("", 0L, 30L, 1L),
                            row("a much longer word than fits", 0L, 30L, 1L),
                            row("b", 0L, 30L, 1L),
                            row("é", 0L, 30L, 1L),
                            row(null, 0L, 30L, 1L),
                            row("", 10L, 40L, 1L),
                            row("a much longer word than fits", 10L, 40L, 1L),
                            row("b", 10L, 40L, 1L),
                            row("é", 10L, 40L, 1L),
                            row(null, 10L, 40L, 1L));
        }

        @Test
        void the_rows_of_a_window_go_before_the_watermark_that_closed_it() {
            push(5L, "a");
            advance(10);
            operator.endStep();
            operator.finish();
            operator.close();
            assertThat(output.calls).containsExactly("push", "advance", "endStep", "push", "push", "finish", "close");
        }

        @Test
        void a_jump_over_centuries_costs_nothing() {
            push(5L, "a");
            advance(30);
            push(4_000_000_000_000_000L, "b");
            assertThat(advance(4_000_000_000_000_010L))
                    .containsExactly(row("b", 3_999_999_999_999_980L, 4_000_000_000_000_010L, 1L));
        }

        @Test
        void many_groups_leave_in_batches() {
            operator = count(WindowSpec.tumble(10, 0), TimeAttribute.EVENT_TIME);
            List<List<Object>> rows = new ArrayList<>();
            for (int i = 0; i < 10_000; i++) {
                rows.add(row(1L, "w" + i, 1L));
            }
            for (int from = 0; from < rows.size(); from += 4_000) {
                operator.push(Rows.batch(INPUT, rows.subList(from, Math.min(rows.size(), from + 4_000))));
            }
            assertThat(advance(10)).hasSize(10_000);
            assertThat(output.batchSizes).containsExactly(4_096, 4_096, 1_808);
        }
    }

    @Nested
    class A_row_that_comes_late {
        @Test
        void counts_in_the_windows_that_are_open() {
            push(25L, "a");
            assertThat(advance(20)).isEmpty();
            push(5L, "a");
            assertThat(advance(30)).containsExactly(row("a", 0L, 30L, 2L));
            assertThat(operator.lateRows()).isZero();
        }

        @Test
        void is_ignored_and_counted_when_all_its_windows_have_closed() {
            push(45L, "a");
            advance(30);
            push(9L, "a");
            push(0L, "a");
            push(10L, "b");
            assertThat(operator.lateRows()).isEqualTo(2);
            assertThat(advance(40)).containsExactly(row("b", 10L, 40L, 1L));
        }

        @Test
        void is_never_late_without_a_watermark() {
            operator = count(WindowSpec.tumble(10, 0), TimeAttribute.NONE);
            push(45L, "a");
            assertThat(advance(1_000)).isEmpty();
            push(5L, "b");
            operator.advance(Watermarks.END);
            operator.finish();
            assertThat(output.take()).containsExactly(row("b", 0L, 10L, 1L), row("a", 40L, 50L, 1L));
        }
    }

    @Nested
    class A_row_without_a_place {
        @Test
        void has_a_time_of_null_or_beyond_all_windows_and_is_counted() {
            push(null, "a");
            push(Long.MIN_VALUE, "a");
            push(Long.MAX_VALUE, "a");
            operator.finish();
            assertThat(output.take()).isEmpty();
            assertThat(operator.unplacedRows()).isEqualTo(3);
        }
    }

    @Test
    void row_time_windows_follow_the_other_watermark() {
        operator = count(WindowSpec.tumble(10, 3), TimeAttribute.ROW_TIME);
        push(-8L, "a");
        operator.advance(new Watermarks(1_000, -8));
        assertThat(output.take()).isEmpty();
        operator.advance(new Watermarks(1_000, 3));
        assertThat(output.take()).containsExactly(row("a", -17L, -7L, 1L));
    }

    @Test
    void a_finished_consumer_gets_no_more_batches() {
        push(5L, "a");
        output.isDone = true;
        advance(30);
        assertThat(output.calls).containsExactly("advance");
        assertThat(operator.isDone()).isTrue();
    }

    @Test
    void state_goes_with_the_windows() {
        long empty = operator.stateBytes();
        Random random = new Random(7);
        for (long time = 0; time < 10_000; time += 10) {
            for (int i = 0; i < 20; i++) {
                push(time, "a word that does not fit into its two words " + random.nextLong());
            }
            advance(time);
            operator.endStep();
        }
        assertThat(operator.stateBytes()).isGreaterThan(empty).isLessThan(4_000_000);
        advance(20_000);
        push(20_005L, "a");
        operator.finish();
        assertThat(output.take())
                .containsExactly(
                        row("a", 19_980L, 20_010L, 1L), row("a", 19_990L, 20_020L, 1L), row("a", 20_000L, 20_030L, 1L));
    }

    @Test
    void sums_of_doubles_do_not_depend_on_where_batches_end() {
        DataType doubleType = DataType.of(DataType.Kind.DOUBLE);
        RowType input = Rows.rowType(TIME, doubleType);
        RowType outputType = Rows.rowType(TIME, TIME, doubleType, doubleType);
        WindowAggregate node = new WindowAggregate(
                Rows.scan(input),
                WindowSpec.hop(100, 5, 0),
                0,
                TimeAttribute.EVENT_TIME,
                List.of(),
                List.of(
                        new AggregateCall(AggregateFunction.SUM, 1, null, doubleType),
                        new AggregateCall(AggregateFunction.AVG, 1, null, doubleType)),
                outputType);
        List<List<List<Object>>> results = new ArrayList<>();
        for (int batchRows : new int[] {1, 3, 1000}) {
            Random random = new Random(42);
            CollectingOperator collected = new CollectingOperator(outputType);
            WindowAggregateOperator sums = new WindowAggregateOperator(node, collected);
            List<List<Object>> pending = new ArrayList<>();
            for (int i = 0; i < 2_000; i++) {
                pending.add(
                        row((long) random.nextInt(1_000), random.nextGaussian() * Math.pow(10, random.nextInt(30))));
                if (pending.size() == batchRows || i == 1_999) {
                    sums.push(Rows.batch(input, pending));
                    pending.clear();
                }
            }
            sums.finish();
            results.add(collected.rows);
        }
        assertThat(results.get(1)).isEqualTo(results.get(0));
        assertThat(results.get(2)).isEqualTo(results.get(0));
    }
}
