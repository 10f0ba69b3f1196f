package io.millrace.executor.log;

import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Supplier;

/**
 * Puts what becomes visible, in any log, before or after what is looked at: whoever looks at several logs sees no write
 * without those that were acknowledged before it began. Thread-safe.
 */
public final class CommitOrder {
    /** Shared by those who make writes visible, which do not wait for each other; alone for those who look. */
    private final ReadWriteLock lock = new ReentrantReadWriteLock();

    private final AtomicLong sequence = new AtomicLong();
    private volatile Runnable listener = () -> {};

    /** Makes writes visible, before they are acknowledged; short. */
    public void publish(Runnable step) {
        lock.readLock().lock();
        try {
            step.run();
            sequence.incrementAndGet();
        } finally {
            lock.readLock().unlock();
        }
        listener.run();
    }

    /** Looks at what is visible; short. */
    public <T> T look(Supplier<T> at) {
        lock.writeLock().lock();
        try {
            return at.get();
        } finally {
            lock.writeLock().unlock();
        }
    }

    /** How often something has become visible: a look that finds a number as high has seen it all. */
    public long sequence() {
        return sequence.get();
    }

    /** Runs after each time that something has become visible, on the thread that made it so: it must only signal. */
    public void onPublish(Runnable newListener) {
        listener = newListener;
    }
}
