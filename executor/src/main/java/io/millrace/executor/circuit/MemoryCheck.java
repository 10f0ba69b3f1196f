package io.millrace.executor.circuit;

import io.millrace.executor.operator.Operator;
import io.millrace.executor.state.QueryMemory;
import org.jspecify.annotations.Nullable;

/** Ends a query that holds too much: asks its operators now and then, between two batches. For one thread at a time. */
final class MemoryCheck implements AutoCloseable {
    /** Between two questions not much can gather, and the question costs little beside so many rows. */
    private static final int BATCHES = 8;

    /** What the operators of a small query take besides their state. */
    private static final long FIXED_BYTES = 256 << 10;

    private final QueryMemory memory;
    private @Nullable Operator head;
    private int batches;

    MemoryCheck(QueryMemory memory) {
        this.memory = memory;
    }

    /** @param newHead whose state is that of the query */
    void watch(Operator newHead) {
        head = newHead;
    }

    /** A batch has been taken, or given out. */
    void batch() {
        if (++batches >= BATCHES && head != null) {
            hold(head.stateBytes());
        }
    }

    void hold(long bytes) {
        batches = 0;
        memory.hold(bytes + FIXED_BYTES);
    }

    @Override
    public void close() {
        head = null;
        memory.close();
    }
}
