package io.millrace.executor.work;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.LockSupport;

/**
 * All ways in which the engine's threads wait for each other. Those of a simulation must not wait in any other, or the
 * simulation stands still: its one thread that runs would wait for one that may not.
 */
public final class Waits {
    private static final long FOREVER = Long.MAX_VALUE;

    private Waits() {}

    /** Waits until the thread is unparked; may return early. */
    public static void park(Object blocker) {
        if (Thread.currentThread() instanceof GuidedThread own) {
            own.parkHere(FOREVER);
        } else {
            LockSupport.park(blocker);
        }
    }

    /** Waits until the thread is unparked, or the time has passed; may return early. */
    public static void parkNanos(Object blocker, long nanos) {
        if (Thread.currentThread() instanceof GuidedThread own) {
            own.parkHere(nanos);
        } else {
            LockSupport.parkNanos(blocker, nanos);
        }
    }

    public static void unpark(Thread thread) {
        if (thread instanceof GuidedThread guided) {
            guided.unparkThis();
        } else {
            LockSupport.unpark(thread);
        }
    }

    /** Waits until a thread has ended, also when this one is interrupted: it is still afterwards. */
    public static void awaitEnd(Thread thread) {
        if (thread instanceof GuidedThread guided) {
            join(guided.ended());
            return;
        }
        boolean interrupted = false;
        while (true) {
            try {
                thread.join();
                break;
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** Waits until a thread has ended, or so long. */
    public static void awaitEnd(Thread thread, long millis) {
        if (thread instanceof GuidedThread guided) {
            join(guided.ended());
            return;
        }
        try {
            thread.join(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /**
     * Waits for a result.
     *
     * @throws java.util.concurrent.CompletionException as {@link CompletableFuture#join} does
     */
    public static <T> T join(CompletableFuture<T> future) {
        if (Thread.currentThread() instanceof GuidedThread own && !future.isDone()) {
            future.whenComplete((result, failure) -> own.unparkThis());
            while (!future.isDone()) {
                own.parkHere(FOREVER);
            }
        }
        return future.join();
    }

    /** Takes a lock whose holder may wait for other threads while it has it. */
    public static void lock(Lock lock) {
        if (Thread.currentThread() instanceof GuidedThread own) {
            while (!lock.tryLock()) {
                own.yieldHere();
            }
        } else {
            lock.lock();
        }
    }
}
