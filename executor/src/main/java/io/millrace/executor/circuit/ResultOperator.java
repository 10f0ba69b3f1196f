package io.millrace.executor.circuit;

import io.millrace.executor.column.Batch;
import io.millrace.executor.operator.Operator;
import io.millrace.executor.time.Watermarks;
import io.millrace.executor.view.ResultQueue;

/** The end of a circuit: hands each delta to the reader of the query when its step ends. */
final class ResultOperator implements Operator {
    private final ResultQueue queue;
    private final MemoryCheck memory;

    ResultOperator(ResultQueue queue, MemoryCheck memory) {
        this.queue = queue;
        this.memory = memory;
    }

    @Override
    public void push(Batch batch) {
        queue.add(batch);
        memory.batch();
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
        return queue.isComplete() || queue.isEnded();
    }

    @Override
    public long stateBytes() {
        return queue.waitingBytes();
    }

    @Override
    public void close() {}
}
