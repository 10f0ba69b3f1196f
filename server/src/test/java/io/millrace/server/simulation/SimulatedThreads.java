package io.millrace.server.simulation;

import io.millrace.executor.work.Threads;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Threads of which one runs at a time. When it waits, chance says which of those that can go on does; when none can, time
 * moves on to when the first wants to. So a run is a function of its seed.
 */
final class SimulatedThreads implements Threads {
    /** In real time. */
    private static final long LONGEST_SECONDS = 60;

    /** In simulated time. */
    private static final long LONGEST_NANOS = TimeUnit.HOURS.toNanos(1);

    private final CountDownLatch over = new CountDownLatch(1);

    private final SimulatedClock clock;
    private final SplittableRandom random;
    private final List<SimulatedThread> there = new ArrayList<>();

    private volatile Throwable failure;
    private int begun;
    private long trace = 1;
    private long switches;

    SimulatedThreads(SimulatedClock clock, SplittableRandom random) {
        this.clock = clock;
        this.random = random;
    }

    @Override
    public Thread thread(String name, Runnable work) {
        return new SimulatedThread(this, work, name + "#" + begun++);
    }

    @Override
    public ExecutorService pool(String name, int size) {
        return new SimulatedPool(this, name, Math.min(size, 4));
    }

    /** Runs the first thread, and all that it begins; returns when all have ended. Not on a thread of the simulation. */
    void run(String name, Runnable work) {
        SimulatedThread first = new SimulatedThread(this, work, name);
        first.begin();
        first.go();
        try {
            if (!over.await(LONGEST_SECONDS, TimeUnit.SECONDS)) {
                failed(new AssertionError("it does not end: " + there + "\n" + stacks()));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        Throwable cause = failure;
        if (cause != null) {
            throw new AssertionError(cause.toString(), cause);
        }
    }

    private String stacks() {
        StringBuilder text = new StringBuilder();
        for (SimulatedThread thread : List.copyOf(there)) {
            text.append(thread).append('\n');
            for (StackTraceElement element : thread.getStackTrace()) {
                text.append("    ").append(element).append('\n');
            }
        }
        return text.toString();
    }

    /** What no thread may meet. */
    void failed(Throwable cause) {
        if (failure == null) {
            failure = cause;
        }
    }

    long nanoTime() {
        return clock.nanoTime();
    }

    void add(SimulatedThread thread) {
        there.add(thread);
    }

    /** Lets another thread go on, or the same; the caller then waits for its turn. */
    SimulatedThread next() {
        while (true) {
            long now = clock.now();
            if (now > LONGEST_NANOS) {
                stop("it does not end");
            }
            int ready = 0;
            long first = Long.MAX_VALUE;
            for (SimulatedThread thread : there) {
                if (thread.isReady(now)) {
                    ready++;
                } else {
                    first = Math.min(first, thread.wakeTime());
                }
            }
            if (ready > 0) {
                return chosen(now, random.nextInt(ready));
            }
            if (first == Long.MAX_VALUE) {
                stop("all threads wait for ever");
            }
            clock.moveTo(first);
        }
    }

    /** Nobody goes on any more. */
    private void stop(String why) {
        failed(new AssertionError(why + ": " + there + "\n" + stacks()));
        over.countDown();
        while (true) {
            LockSupport.park(this);
        }
    }

    private SimulatedThread chosen(long now, int which) {
        int left = which;
        for (SimulatedThread thread : there) {
            if (thread.isReady(now) && left-- == 0) {
                note(thread.getName().hashCode());
                switches++;
                return thread;
            }
        }
        throw new AssertionError();
    }

    /** Removes a thread that has ended; returns who goes on, null when there is nobody, or nobody shall. */
    SimulatedThread ended(SimulatedThread thread) {
        there.remove(thread);
        if (there.isEmpty() || failure != null) {
            over.countDown();
            return null;
        }
        return next();
    }

    boolean chance(double share) {
        return random.nextDouble() < share;
    }

    /** Something has happened, which is to be the same in every run of the seed. */
    void note(long what) {
        trace = trace * 0x9E3779B97F4A7C15L + what + (trace >>> 31);
    }

    /** What has happened, in one number. */
    long trace() {
        return trace;
    }

    long switches() {
        return switches;
    }
}
