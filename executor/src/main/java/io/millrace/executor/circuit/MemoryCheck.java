package io.millrace.executor.circuit;

import io.millrace.error.MillraceException;
import io.millrace.executor.state.QueryMemory;
import io.millrace.executor.work.QueryScope;
import java.util.ArrayList;
import java.util.List;

/** Ends a query that holds too much: asks its pipelines now and then, between two batches. For one thread at a time. */
final class MemoryCheck implements QueryScope.Memory, AutoCloseable {
    /** Between two questions not much can gather, and the question costs little beside so many rows. */
    private static final int BATCHES = 8;

    /** What the operators of a small query take besides their state. */
    private static final long FIXED_BYTES = 256 << 10;

    private final QueryMemory memory;
    private final long fixedBytes;
    private final List<Pipeline> watched = new ArrayList<>();
    private int batches;

    /**
     * @param buffers what the operators will take for one batch
     * @throws MillraceException OUT_OF_MEMORY when that alone is too much
     */
    MemoryCheck(QueryMemory memory, long buffers) {
        this.memory = memory;
        fixedBytes = Math.max(FIXED_BYTES, buffers);
        memory.hold(fixedBytes);
    }

    /** The state of the pipeline counts, from now on. */
    void watch(Pipeline pipeline) {
        watched.add(pipeline);
    }

    /** The pipeline has ended and holds nothing any more. */
    void forget(Pipeline pipeline) {
        watched.remove(pipeline);
    }

    /** A batch has been taken, or given out. */
    void batch() {
        if (++batches >= BATCHES) {
            measure();
        }
    }

    @Override
    public void grow(long bytes) {
        memory.grow(bytes);
    }

    @Override
    public void count(long more) {
        measure();
        memory.grow(more);
        memory.grow(-more);
    }

    /** Counts what is held now; returns the bytes. */
    long measure() {
        batches = 0;
        long bytes = 0;
        for (Pipeline pipeline : watched) {
            bytes += pipeline.stateBytes();
        }
        if (!watched.isEmpty()) {
            memory.hold(bytes + fixedBytes);
        }
        return bytes;
    }

    @Override
    public void close() {
        watched.clear();
        memory.close();
    }
}
