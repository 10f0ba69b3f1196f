package io.millrace.executor.view;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.error.ErrorCode;
import io.millrace.error.MillraceException;
import io.millrace.executor.column.ColumnBatch;
import io.millrace.executor.column.LongColumn;
import io.millrace.executor.column.Selection;
import io.millrace.plan.DataType;
import io.millrace.plan.OutputColumn;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class ResultQueueTest {
    private final List<String> told = new ArrayList<>();
    private ResultQueue queue = queue(10, 0);

    private ResultQueue queue(long capacity, long maxRows) {
        return new ResultQueue(
                List.of(new OutputColumn("n", DataType.of(DataType.Kind.BIGINT))),
                capacity,
                maxRows,
                new ResultProducer() {
                    @Override
                    public void resume() {
                        told.add("resume");
                    }

                    @Override
                    public void ended() {
                        told.add("ended");
                    }
                });
    }

    private static ColumnBatch numbers(long from, long to) {
        long[] values = LongStream.range(from, to).toArray();
        return new ColumnBatch(values.length, List.of(new LongColumn(values, null, values.length)));
    }

    private List<Long> poll(int maxRows) {
        ResultBatch batch = queue.poll(maxRows);
        List<Long> values = new ArrayList<>();
        for (int row = 0; batch != null && row < batch.rowCount(); row++) {
            values.add(((LongColumn) batch.columns().get(0)).get(row));
        }
        return values;
    }

    private void deliver(long from, long to) {
        queue.add(numbers(from, to));
        queue.deliver();
    }

    @Test
    void aListenerThatFailsDoesNotReachTheQuery() {
        queue.onAvailable(() -> {
            throw new IllegalStateException("the reader is broken");
        });
        deliver(0, 3);
        assertThat(poll(10)).containsExactly(0L, 1L, 2L);
    }

    @Test
    void rowsAreShownWhenTheyAreDelivered() {
        queue.add(numbers(0, 2));
        queue.add(numbers(2, 3));
        assertThat(poll(10)).isEmpty();
        queue.deliver();
        assertThat(poll(10)).containsExactly(0L, 1L, 2L);
        assertThat(queue.isFinished()).isFalse();
    }

    @Test
    void onlySelectedRowsAreTaken() {
        Selection selection = new Selection(2);
        selection.rows()[0] = 1;
        selection.rows()[1] = 4;
        selection.count(2);
        ColumnBatch all = numbers(0, 5);
        queue.add(new ColumnBatch(5, all.columns(), selection));
        queue.deliver();
        assertThat(poll(10)).containsExactly(1L, 4L);
    }

    @Test
    void smallDeliveriesAreHandedOverTogetherAndLargeOnesInParts() {
        deliver(0, 1);
        deliver(1, 2);
        deliver(2, 9);
        assertThat(poll(5)).containsExactly(0L, 1L, 2L, 3L, 4L);
        assertThat(poll(2)).containsExactly(5L, 6L);
        deliver(9, 11);
        assertThat(poll(100)).containsExactly(7L, 8L, 9L, 10L);
        assertThat(poll(1)).isEmpty();
    }

    @Test
    void manyRowsKeepTheirOrder() {
        deliver(0, 10_000);
        List<Long> values = new ArrayList<>();
        for (List<Long> part = poll(999); !part.isEmpty(); part = poll(999)) {
            values.addAll(part);
        }
        assertThat(values).isEqualTo(LongStream.range(0, 10_000).boxed().toList());
    }

    @Test
    void theProducerIsPausedWhenFullAndResumedOnceHalfIsTaken() {
        deliver(0, 10);
        assertThat(queue.pauseIfFull()).isFalse();
        deliver(10, 12);
        assertThat(queue.pauseIfFull()).isTrue();
        poll(6);
        assertThat(told).isEmpty();
        poll(1);
        assertThat(told).containsExactly("resume");
        poll(1);
        assertThat(told).containsExactly("resume");
    }

    @Test
    void noRowsBeyondTheMaximumAreGiven() {
        queue = queue(10, 3);
        queue.add(numbers(0, 2));
        assertThat(queue.isComplete()).isFalse();
        queue.add(numbers(2, 9));
        assertThat(queue.isComplete()).isTrue();
        queue.finish();
        assertThat(poll(10)).containsExactly(0L, 1L, 2L);
        assertThat(queue.isFinished()).isTrue();
    }

    @Test
    void aFailureFollowsTheRowsBefore() {
        queue.add(numbers(0, 2));
        queue.fail(new MillraceException(ErrorCode.DIVISION_BY_ZERO, "division by zero"));
        assertThat(poll(1)).containsExactly(0L);
        assertThat(poll(1)).containsExactly(1L);
        assertThatThrownBy(() -> poll(1)).hasMessage("division by zero");
        assertThatThrownBy(() -> poll(1)).hasMessage("division by zero");
    }

    @Test
    void aCancellationHidesTheRowsThatWait() {
        deliver(0, 2);
        queue.cancel(new MillraceException(ErrorCode.CANCELLED, "cancelled"));
        assertThatThrownBy(() -> poll(1)).hasMessage("cancelled");
        assertThat(told).containsExactly("ended");
        assertThat(queue.isEnded()).isTrue();
        deliver(2, 3);
        assertThatThrownBy(() -> poll(1)).hasMessage("cancelled");
    }

    @Test
    void aCancellationAfterTheEndChangesNothing() {
        queue.finish();
        queue.cancel(new MillraceException(ErrorCode.CANCELLED, "cancelled"));
        assertThat(queue.isFinished()).isTrue();
        assertThat(poll(1)).isEmpty();
    }

    @Test
    void aListenerRunsOnceWhenThereIsSomethingToSee() {
        queue.onAvailable(() -> told.add("replaced"));
        queue.onAvailable(() -> told.add("rows"));
        assertThat(told).isEmpty();
        deliver(0, 1);
        deliver(1, 2);
        assertThat(told).containsExactly("rows");
        queue.onAvailable(() -> told.add("at once"));
        assertThat(told).containsExactly("rows", "at once");
        poll(10);
        queue.onAvailable(() -> told.add("end"));
        queue.finish();
        assertThat(told).containsExactly("rows", "at once", "end");
    }

    @Test
    void aListenerLearnsThatTheQueryFailedOrWasCancelled() {
        queue.onAvailable(() -> told.add("cancelled"));
        queue.cancel(new MillraceException(ErrorCode.CANCELLED, "cancelled"));
        assertThat(told).containsExactly("cancelled", "ended");
    }

    @Test
    void aClosedResultIsFinished() {
        deliver(0, 1);
        queue.close();
        queue.close();
        assertThat(queue.isFinished()).isTrue();
        assertThat(poll(1)).isEmpty();
        assertThat(told).containsExactly("ended");
    }

    @Test
    void aStaticResultIsHandedOutInParts() {
        List<OutputColumn> columns = List.of(new OutputColumn("name", DataType.varchar()));
        StaticResult result = StaticResult.of(columns, List.of(List.of("a"), List.of("b"), List.of("c")));
        assertThat(result.poll(2).rowCount()).isEqualTo(2);
        assertThat(result.isFinished()).isFalse();
        assertThat(result.poll(2).rowCount()).isEqualTo(1);
        assertThat(result.poll(2)).isNull();
        assertThat(result.isFinished()).isTrue();
    }
}
