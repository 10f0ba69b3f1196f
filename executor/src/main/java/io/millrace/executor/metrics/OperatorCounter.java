package io.millrace.executor.metrics;

import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** Counts what one input of an operator takes. One thread counts, any may read. */
public final class OperatorCounter {
    private final String operator;
    private final @Nullable OperatorCounter consumer;
    private final AtomicLong rows = new AtomicLong();
    private final AtomicLong busyNanos = new AtomicLong();
    private final AtomicLong stateBytes = new AtomicLong();
    private final AtomicLong batches = new AtomicLong();

    /** What was measured last, with all that is downstream. */
    private long measuredBytes;

    /** @param consumer what takes the operator's rows; null for the last */
    OperatorCounter(String operator, @Nullable OperatorCounter consumer) {
        this.operator = operator;
        this.consumer = consumer;
    }

    public void count(int rowCount) {
        rows.setPlain(rows.getPlain() + rowCount);
        batches.setRelease(batches.getPlain() + 1);
    }

    void busy(long nanos) {
        busyNanos.setRelease(busyNanos.getPlain() + nanos);
    }

    /** The bytes of the operators downstream are asked for next, if they belong to this input. */
    public void beginMeasure() {
        if (consumer != null) {
            consumer.measuredBytes = 0;
        }
    }

    /** @param bytes of the operator with those downstream that were asked for */
    public void endMeasure(long bytes) {
        measuredBytes = bytes;
        stateBytes.setRelease(bytes - (consumer == null ? 0 : consumer.measuredBytes));
    }

    /** @param rowsOut what the last operator has given */
    OperatorMetrics read(long rowsOut) {
        long batchCount = batches.getAcquire();
        return new OperatorMetrics(
                operator,
                batchCount,
                rows.getPlain(),
                consumer == null ? rowsOut : consumer.rows.getAcquire(),
                busyNanos.getAcquire(),
                stateBytes.getAcquire());
    }
}
