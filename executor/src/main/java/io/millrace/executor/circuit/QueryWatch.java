package io.millrace.executor.circuit;

import io.millrace.executor.time.EngineClock;
import io.millrace.executor.work.Waits;
import java.util.concurrent.ThreadFactory;
import java.util.function.LongConsumer;

/** Ends queries whose time is over, on a thread of its own: the step loop may be busy with just such a query. */
public final class QueryWatch implements AutoCloseable {
    /** A continuous query begins a step at any time. */
    private static final long LONGEST_SLEEP_NANOS = 500_000_000;

    private final EngineClock clock;
    private final QueryRegistry registry;
    private final long stepNanos;
    private final LongConsumer views;
    private final Thread thread;

    private volatile boolean isSignalled;
    private volatile boolean isClosed;

    /**
     * @param stepNanos that a continuous query, or a view, may work without a pause
     * @param views is told that time, to end views that work longer
     */
    public QueryWatch(
            EngineClock clock, QueryRegistry registry, long stepNanos, LongConsumer views, ThreadFactory threads) {
        this.views = views;
        this.clock = clock;
        this.registry = registry;
        this.stepNanos = stepNanos;
        this.thread = threads.newThread(this::run);
    }

    public void start() {
        thread.start();
    }

    /** There is a query with a time limit that has not been seen, or time has been moved. */
    public void signal() {
        isSignalled = true;
        Waits.unpark(thread);
    }

    private void run() {
        while (!isClosed) {
            isSignalled = false;
            long next = registry.expire(clock.nanoTime(), stepNanos);
            views.accept(stepNanos);
            if (!isSignalled && !isClosed) {
                Waits.parkNanos(this, Math.max(1, Math.min(next, LONGEST_SLEEP_NANOS)));
            }
        }
    }

    @Override
    public void close() {
        isClosed = true;
        Waits.unpark(thread);
    }
}
