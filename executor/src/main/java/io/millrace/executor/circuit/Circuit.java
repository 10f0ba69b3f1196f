package io.millrace.executor.circuit;

import io.millrace.error.MillraceException;
import io.millrace.executor.metrics.QueryCounters;
import io.millrace.executor.time.StepTime;
import io.millrace.executor.work.QueryScope;
import java.util.List;
import java.util.function.BooleanSupplier;

/**
 * The wired operators of one query: a tree whose root is the result and whose leaves are sources, cut into pipelines, one
 * per source. Bounded inputs are run one after another, in an order in which each operator gets the input that it keeps
 * before the one that it passes by it. For one thread at a time.
 */
final class Circuit implements AutoCloseable {
    private final List<Pipeline> pipelines;
    private final StepTime stepTime;
    private final QueryCounters counters;
    private final MemoryCheck memory;

    /** @param pipelines in the order in which bounded inputs are run */
    Circuit(List<Pipeline> pipelines, StepTime stepTime, QueryCounters counters, MemoryCheck memory) {
        this.pipelines = List.copyOf(pipelines);
        this.stepTime = stepTime;
        this.counters = counters;
        this.memory = memory;
        pipelines.forEach(memory::watch);
    }

    List<Pipeline> pipelines() {
        return pipelines;
    }

    QueryCounters counters() {
        return counters;
    }

    /** Sets the time that CURRENT_TIMESTAMP gives. */
    void beginStep(long now) {
        stepTime.set(now);
    }

    /** Works for the query on this thread, until the scope is closed. */
    QueryScope enter(BooleanSupplier isEnded) {
        return QueryScope.enter(isEnded, memory);
    }

    /** Whether so many bytes more could be held now. */
    boolean hasRoom(long bytes) {
        try {
            memory.count(bytes);
            return true;
        } catch (MillraceException noRoom) { // was only asked
            return false;
        }
    }

    /** Counts what is held before a pause. */
    void rest() {
        memory.measure();
    }

    /** Lets go of a pipeline that has finished, and of what only it held. */
    void forget(Pipeline pipeline) {
        memory.forget(pipeline);
    }

    @Override
    public void close() {
        memory.close();
        pipelines.forEach(Pipeline::close);
    }
}
