package io.millrace.executor.metrics;

import java.util.concurrent.atomic.AtomicLong;

/** Counts what one operator takes. One thread counts, any may read. */
public final class OperatorCounter {
    private final String operator;
    private final AtomicLong rows = new AtomicLong();
    private final AtomicLong batches = new AtomicLong();

    OperatorCounter(String operator) {
        this.operator = operator;
    }

    public void count(int rowCount) {
        rows.setPlain(rows.getPlain() + rowCount);
        batches.setRelease(batches.getPlain() + 1);
    }

    OperatorMetrics read() {
        long batchCount = batches.getAcquire();
        return new OperatorMetrics(operator, rows.getPlain(), batchCount);
    }
}
