package io.millrace.executor.table;

import io.millrace.executor.log.ProducerEntry;
import io.millrace.executor.log.ProducerSequence;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** A statement that waits for its turn to change a table, then for its changes to be on disk. */
final class PendingStatement {
    final TableStatement statement;
    final @Nullable ProducerSequence producer;

    private final long[] counts;
    private @Nullable Throwable failure;
    private boolean isDone;

    PendingStatement(TableStatement statement, @Nullable ProducerSequence producer) {
        this.statement = statement;
        this.producer = producer;
        counts = new long[statement.steps().size()];
    }

    /** What follows is guarded by the lock of the table's writers. */
    boolean isDone() {
        return isDone;
    }

    void changes(int step, long changes) {
        counts[step] = statement.count(changes);
    }

    /** The statement has been made before; what its steps, or others of its request, counted is forgotten. */
    void repeated(ProducerSequence sent, ProducerEntry made) {
        boolean isKnown = made.sequence() == sent.sequence() && counts.length == 1;
        Arrays.fill(counts, isKnown ? statement.count(made.result().rows()) : OpenTable.UNKNOWN_COUNT);
    }

    void done() {
        isDone = true;
    }

    void fail(Throwable cause) {
        failure = cause;
        isDone = true;
    }

    /** How many rows each step changed; or throws why none was. */
    long[] result() {
        Throwable cause = failure;
        if (cause instanceof RuntimeException unchecked) {
            throw unchecked;
        }
        if (cause instanceof Error error) {
            throw error;
        }
        return counts;
    }
}
