package io.millrace.executor.operator;

import static io.millrace.executor.operator.Rows.row;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.executor.time.Watermarks;
import io.millrace.plan.DataType;
import io.millrace.plan.Limit;
import io.millrace.plan.RowType;
import io.millrace.plan.TimeAttribute;
import io.millrace.plan.WindowAssign;
import io.millrace.plan.WindowSpec;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class LinearOperatorsTest {
    private static final DataType TIME = DataType.timestamp(3);
    private static final RowType INPUT = Rows.rowType(TIME, DataType.varchar());

    @Nested
    class A_limit {
        private final CollectingOperator output = new CollectingOperator(INPUT);

        private LimitOperator limit(long offset, long fetch) {
            return new LimitOperator(new Limit(Rows.scan(INPUT), offset, fetch, INPUT), output);
        }

        @Test
        void skips_and_passes_rows_across_batches_and_is_then_done() {
            LimitOperator limit = limit(2, 3);
            limit.push(Rows.batch(INPUT, row(1L, "a")));
            limit.push(Rows.selectedBatch(INPUT, List.of(row(2L, "b"), row(3L, "c"), row(4L, "d"))));
            assertThat(limit.isDone()).isFalse();
            limit.push(Rows.batch(INPUT, row(5L, "e"), row(6L, "f")));
            assertThat(limit.isDone()).isTrue();
            limit.push(Rows.batch(INPUT, row(7L, "g")));
            assertThat(output.take()).containsExactly(row(3L, "c"), row(4L, "d"), row(5L, "e"));
        }

        @Test
        void of_no_rows_is_done_at_once() {
            assertThat(limit(0, 0).isDone()).isTrue();
        }

        @Test
        void of_all_rows_is_an_offset() {
            LimitOperator limit = limit(1, Limit.ALL);
            limit.push(Rows.batch(INPUT, row(1L, "a"), row(2L, "b")));
            assertThat(limit.isDone()).isFalse();
            assertThat(output.take()).containsExactly(row(2L, "b"));
        }

        @Test
        void passes_all_else_on() {
            LimitOperator limit = limit(0, 1);
            limit.advance(Watermarks.INITIAL);
            limit.endStep();
            limit.finish();
            limit.close();
            assertThat(output.calls).containsExactly("advance", "endStep", "finish", "close");
        }
    }

    @Nested
    class Window_assignment {
        private final RowType rowType = Rows.rowType(TIME, DataType.varchar(), TIME, TIME, TIME);
        private final CollectingOperator output = new CollectingOperator(rowType);

        private WindowAssignOperator assign(WindowSpec window) {
            return new WindowAssignOperator(
                    new WindowAssign(Rows.scan(INPUT), window, 0, TimeAttribute.NONE, List.of(), rowType), output);
        }

        @Test
        void gives_each_row_once_per_window_in_the_order_of_the_windows() {
            assign(WindowSpec.hop(30_000, 10_000, 0)).push(Rows.batch(INPUT, row(25_000L, "a"), row(-1L, "b")));
            assertThat(output.take())
                    .containsExactly(
                            row(25_000L, "a", 0L, 30_000L, 29_000L),
                            row(25_000L, "a", 10_000L, 40_000L, 39_000L),
                            row(25_000L, "a", 20_000L, 50_000L, 49_000L),
                            row(-1L, "b", -30_000L, 0L, -1_000L),
                            row(-1L, "b", -20_000L, 10_000L, 9_000L),
                            row(-1L, "b", -10_000L, 20_000L, 19_000L));
        }

        @Test
        void drops_rows_that_fall_in_no_window() {
            assign(WindowSpec.tumble(10_000, 5_000))
                    .push(Rows.selectedBatch(
                            INPUT, List.of(row(5_000L, "a"), row(null, "b"), row(Long.MAX_VALUE, "c"))));
            assertThat(output.take()).containsExactly(row(5_000L, "a", 5_000L, 15_000L, 14_000L));
        }

        @Test
        void cuts_its_output_into_batches() {
            List<List<Object>> rows = new ArrayList<>();
            for (int i = 0; i < 4_096; i++) {
                rows.add(row((long) i, "a"));
            }
            assign(WindowSpec.hop(30_000, 10_000, 0)).push(Rows.batch(INPUT, rows));
            assertThat(output.batchSizes).containsExactly(4_096, 4_096, 4_096);
        }
    }
}
