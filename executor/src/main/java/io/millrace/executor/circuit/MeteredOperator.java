package io.millrace.executor.circuit;

import io.millrace.executor.column.Batch;
import io.millrace.executor.metrics.OperatorCounter;
import io.millrace.executor.metrics.OperatorTimer;
import io.millrace.executor.operator.Operator;
import io.millrace.executor.time.Watermarks;
import io.millrace.executor.work.QueryScope;
import org.jspecify.annotations.Nullable;

/** Counts what an operator is given, the time it takes and what it holds. An exception ends the query, and its counting. */
final class MeteredOperator implements Operator {
    /** What an operator may have kept of a row, about: the memory is counted again after some dozens of batches. */
    private static final int ROW_BYTES = 64;

    private final Operator operator;
    private final OperatorCounter counter;
    private final OperatorTimer timer;

    MeteredOperator(Operator operator, OperatorCounter counter, OperatorTimer timer) {
        this.operator = operator;
        this.counter = counter;
        this.timer = timer;
    }

    @Override
    public void push(Batch batch) {
        QueryScope.check();
        counter.count(batch.selectedCount());
        @Nullable OperatorCounter caller = timer.enter(counter);
        operator.push(batch);
        timer.leave(caller);
        QueryScope.allocate((long) batch.selectedCount() * ROW_BYTES);
    }

    @Override
    public void advance(Watermarks watermarks) {
        @Nullable OperatorCounter caller = timer.enter(counter);
        operator.advance(watermarks);
        timer.leave(caller);
    }

    @Override
    public void endStep() {
        @Nullable OperatorCounter caller = timer.enter(counter);
        operator.endStep();
        timer.leave(caller);
    }

    @Override
    public void finish() {
        @Nullable OperatorCounter caller = timer.enter(counter);
        operator.finish();
        timer.leave(caller);
    }

    @Override
    public long stateBytes() {
        counter.beginMeasure();
        long bytes = operator.stateBytes();
        counter.endMeasure(bytes);
        return bytes;
    }

    @Override
    public long nextWindowEnd() {
        return operator.nextWindowEnd();
    }

    @Override
    public boolean isDone() {
        return operator.isDone();
    }

    @Override
    public void close() {
        operator.close();
    }
}
