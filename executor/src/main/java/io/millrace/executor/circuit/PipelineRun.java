package io.millrace.executor.circuit;

import io.millrace.executor.time.EngineClock;
import io.millrace.executor.work.QueryScope;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Runs the pipelines of a circuit over bounded inputs, one after another, a batch at a time. For one thread at a time. */
final class PipelineRun implements AutoCloseable {
    private final Circuit circuit;
    private final EngineClock clock;
    private final Deque<Fed> left = new ArrayDeque<>();
    private long nanos;

    /** @param inputs opens the input of a pipeline; all are opened at once, so that they show one moment */
    PipelineRun(Circuit circuit, Function<Pipeline, PipelineInput> inputs, EngineClock clock) {
        this.circuit = circuit;
        this.clock = clock;
        for (Pipeline pipeline : circuit.pipelines()) {
            left.add(new Fed(pipeline, inputs.apply(pipeline)));
        }
    }

    private record Fed(Pipeline pipeline, PipelineInput input) {}

    /** Takes the next batch, or ends a pipeline that has no more; false when all have ended. */
    boolean step() {
        Fed current = left.peek();
        if (current == null) {
            return false;
        }
        long began = clock.nanoTime();
        boolean hasRead = !current.pipeline.isDone() && current.input.feed(current.pipeline);
        nanos += clock.nanoTime() - began;
        if (!hasRead) {
            current.pipeline.endStep(Math.max(1, nanos));
            current.pipeline.finish();
            nanos = 0;
            current.input.close();
            left.remove();
            circuit.forget(current.pipeline);
        }
        return true;
    }

    /** Works for the query on this thread, until the scope is closed. */
    QueryScope enter(BooleanSupplier isEnded) {
        return circuit.enter(isEnded);
    }

    /** A result that nobody fetches holds its rows, the state of operators and nothing else. */
    void rest() {
        @Nullable Fed current = left.peek();
        if (current != null) {
            current.input.rest();
        }
        circuit.rest();
    }

    @Override
    public void close() {
        left.forEach(fed -> fed.input.close());
        left.clear();
        circuit.close();
    }
}
