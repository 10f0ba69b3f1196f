package io.millrace.executor.circuit;

import io.millrace.executor.column.Batch;
import io.millrace.executor.operator.Operator;
import io.millrace.executor.time.Watermarks;
import io.millrace.executor.view.ResultQueue;

/** The end of a circuit: hands each delta to the reader of the query when its step ends. */
final class ResultOperator implements Operator {
    private final ResultQueue queue;

    ResultOperator(ResultQueue queue) {
        this.queue = queue;
    }

    @Override
    public void push(Batch batch) {
        queue.add(batch);
    }

    @Override
    public void advance(Watermarks watermarks) {}

    @Override
    public void endStep() {
        queue.deliver();
    }

    @Override
    public void finish() {
        queue.finish();
    }

    @Override
    public boolean isDone() {
        return queue.isComplete();
    }

    @Override
    public void close() {}
}
