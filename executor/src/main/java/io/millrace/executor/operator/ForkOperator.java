package io.millrace.executor.operator;

import io.millrace.executor.column.Batch;
import io.millrace.executor.time.Watermarks;
import java.util.List;

/** Gives its input to several operators, one after the other. */
public final class ForkOperator implements Operator {
    private final List<Operator> outputs;

    public ForkOperator(List<Operator> outputs) {
        this.outputs = List.copyOf(outputs);
    }

    @Override
    public void push(Batch batch) {
        for (Operator output : outputs) {
            output.push(batch);
        }
    }

    @Override
    public void advance(Watermarks watermarks) {
        outputs.forEach(output -> output.advance(watermarks));
    }

    @Override
    public void endStep() {
        outputs.forEach(Operator::endStep);
    }

    @Override
    public void finish() {
        outputs.forEach(Operator::finish);
    }

    @Override
    public long stateBytes() {
        return outputs.stream().mapToLong(Operator::stateBytes).sum();
    }

    @Override
    public boolean isDone() {
        return outputs.stream().allMatch(Operator::isDone);
    }

    @Override
    public void close() {
        outputs.forEach(Operator::close);
    }
}
