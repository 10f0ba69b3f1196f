package io.millrace.executor.table;

import io.millrace.executor.log.ProducerEntry;
import io.millrace.executor.log.ProducerSequence;
import org.jspecify.annotations.Nullable;

/** A statement that waits for its turn to change a table, then for its changes to be on disk. */
final class PendingStatement {
    final TableStatement statement;
    final @Nullable ProducerSequence producer;

    private long count;
    private @Nullable Throwable failure;
    private boolean isDone;

    PendingStatement(TableStatement statement, @Nullable ProducerSequence producer) {
        this.statement = statement;
        this.producer = producer;
    }

    /** What follows is guarded by the lock of the table's writers. */
    boolean isDone() {
        return isDone;
    }

    void changes(long changes) {
        count = statement.count(changes);
    }

    /** The statement has been made before; if another step of its request was made since, its count is forgotten. */
    void repeated(ProducerSequence sent, ProducerEntry made) {
        boolean isLast = made.sequence() == sent.sequence();
        count = isLast ? statement.count(made.result().rows()) : OpenTable.UNKNOWN_COUNT;
    }

    void done() {
        isDone = true;
    }

    void fail(Throwable cause) {
        failure = cause;
        isDone = true;
    }

    /** How many rows were changed; or throws why none was. */
    long result() {
        Throwable cause = failure;
        if (cause instanceof RuntimeException unchecked) {
            throw unchecked;
        }
        if (cause instanceof Error error) {
            throw error;
        }
        return count;
    }
}
