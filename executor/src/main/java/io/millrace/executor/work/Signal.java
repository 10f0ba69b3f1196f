package io.millrace.executor.work;

import org.jspecify.annotations.Nullable;

/** What one thread waits for and any other gives; one that was given before the wait ends it at once. */
public final class Signal {
    private volatile @Nullable Thread waiting;
    private volatile boolean isGiven;

    /** On any thread. */
    public void give() {
        isGiven = true;
        Thread thread = waiting;
        if (thread != null) {
            Waits.unpark(thread);
        }
    }

    /** Waits for a signal, which is used up; may return early. One thread at a time. */
    public void await(long nanos) {
        waiting = Thread.currentThread();
        if (!isGiven && !Thread.currentThread().isInterrupted()) {
            Waits.parkNanos(this, nanos);
        }
        waiting = null;
        isGiven = false;
    }
}
