package io.millrace.server.simulation;

import io.millrace.executor.work.GuidedThread;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.LockSupport;

/** A thread that runs when it is its turn, and not otherwise. */
final class SimulatedThread extends GuidedThread {
    private static final long SHORT_NANOS = 50_000;

    private final SimulatedThreads threads;
    private final Runnable work;

    private boolean isParked;
    private boolean hasPermit;
    private long wakeTime;
    private final CompletableFuture<Void> ended = new CompletableFuture<>();
    private volatile boolean isItsTurn;

    SimulatedThread(SimulatedThreads threads, Runnable work, String name) {
        super(work, name);
        this.threads = threads;
        this.work = work;
        setDaemon(true);
    }

    /** Begun by one that runs: it goes on itself, and this one waits for its turn. */
    @Override
    public synchronized void start() {
        begin();
    }

    void begin() {
        threads.add(this);
        super.start();
    }

    @Override
    public void run() {
        awaitTurn();
        try {
            work.run();
        } catch (Throwable failure) {
            threads.failed(failure);
        }
        ended.complete(null);
        try {
            SimulatedThread next = threads.ended(this);
            if (next != null) {
                next.go();
            }
        } catch (Throwable failure) {
            threads.failed(failure);
        }
    }

    void go() {
        isItsTurn = true;
        LockSupport.unpark(this);
    }

    private void awaitTurn() {
        while (!isItsTurn) {
            LockSupport.park(this);
        }
        isItsTurn = false;
    }

    boolean isReady(long now) {
        return !isParked || hasPermit || wakeTime <= now;
    }

    long wakeTime() {
        return isParked ? wakeTime : 0;
    }

    @Override
    protected void parkHere(long nanos) {
        if (!hasPermit) {
            long now = threads.nanoTime();
            isParked = true;
            wakeTime = nanos > Long.MAX_VALUE - now ? Long.MAX_VALUE : now + Math.max(nanos, 1);
            letOthersGo();
            isParked = false;
        }
        hasPermit = false;
    }

    private void letOthersGo() {
        SimulatedThread next = threads.next();
        if (next != this) {
            next.go();
            awaitTurn();
        }
    }

    @Override
    protected void unparkThis() {
        hasPermit = true;
    }

    @Override
    protected void yieldHere() {
        parkHere(SHORT_NANOS); // a time, so that it moves on when nobody else has anything to do
    }

    @Override
    protected CompletableFuture<Void> ended() {
        return ended;
    }

    @Override
    public String toString() {
        return getName() + (isParked ? " until " + wakeTime : "");
    }
}
