package io.millrace.executor.metrics;

import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** Gives each operator of a query the time that is spent in it, though operators call one another. For one thread at a time. */
public final class OperatorTimer {
    private final LongSupplier nanoTime;

    private @Nullable OperatorCounter current;
    private long since;

    OperatorTimer(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    /** An operator is called; returns who called it, for {@link #leave}. */
    public @Nullable OperatorCounter enter(OperatorCounter operator) {
        OperatorCounter caller = current;
        change(operator);
        return caller;
    }

    /** The operator returns to its caller. */
    public void leave(@Nullable OperatorCounter caller) {
        change(caller);
    }

    private void change(@Nullable OperatorCounter next) {
        long now = nanoTime.getAsLong();
        if (current != null) {
            current.busy(now - since);
        }
        current = next;
        since = now;
    }
}
