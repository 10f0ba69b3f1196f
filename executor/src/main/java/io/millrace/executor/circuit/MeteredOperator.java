package io.millrace.executor.circuit;

import io.millrace.executor.column.Batch;
import io.millrace.executor.metrics.OperatorCounter;
import io.millrace.executor.operator.Operator;
import io.millrace.executor.time.Watermarks;
import io.millrace.executor.work.QueryScope;

/** Counts what an operator is given. */
final class MeteredOperator implements Operator {
    private final Operator operator;
    private final OperatorCounter counter;

    MeteredOperator(Operator operator, OperatorCounter counter) {
        this.operator = operator;
        this.counter = counter;
    }

    @Override
    public void push(Batch batch) {
        QueryScope.check();
        counter.count(batch.selectedCount());
        operator.push(batch);
    }

    @Override
    public void advance(Watermarks watermarks) {
        operator.advance(watermarks);
    }

    @Override
    public void endStep() {
        operator.endStep();
    }

    @Override
    public void finish() {
        operator.finish();
    }

    @Override
    public long stateBytes() {
        return operator.stateBytes();
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
