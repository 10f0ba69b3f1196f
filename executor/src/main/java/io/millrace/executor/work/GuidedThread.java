package io.millrace.executor.work;

import java.util.concurrent.CompletableFuture;

/**
 * A thread that waits in a way of its own: one of those of a simulation, of which one runs at a time, and which decides who
 * goes on. What {@link Waits} does on such a thread comes here.
 */
public abstract class GuidedThread extends Thread {
    protected GuidedThread(Runnable work, String name) {
        super(work, name);
    }

    /** Waits until it is unparked, or the time has passed; may return early. On this thread. */
    protected abstract void parkHere(long nanos);

    /** Lets it go on, or not wait the next time. On any thread. */
    protected abstract void unparkThis();

    /** Lets others go first. On this thread. */
    protected abstract void yieldHere();

    /** Completes when its work has ended. */
    protected abstract CompletableFuture<Void> ended();
}
