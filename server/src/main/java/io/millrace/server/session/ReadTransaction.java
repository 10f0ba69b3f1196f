package io.millrace.server.session;

import io.millrace.executor.circuit.ReadPosition;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The position at which a session without auto-commit reads: the first query takes it, all that follow share it, and
 * commit, rollback or auto-commit lets it go. Thread-safe.
 */
public final class ReadTransaction implements AutoCloseable {
    private boolean isManual;
    private @Nullable ReadPosition position;

    /** Begins to keep positions, or ends with the one that is kept. */
    public synchronized void setAutoCommit(boolean autoCommit) {
        isManual = !autoCommit;
        if (autoCommit) {
            close();
        }
    }

    /** Where a query reads; null when it is a transaction of its own. */
    public synchronized @Nullable ReadPosition position(Supplier<ReadPosition> pin) {
        if (position == null && isManual) {
            position = pin.get();
        }
        return position;
    }

    /** Ends the transaction; the next query begins another. */
    @Override
    public synchronized void close() {
        if (position != null) {
            position.close();
            position = null;
        }
    }
}
