package io.millrace.executor.log;

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

    /** Makes writes visible, before they are acknowledged; short. */
    public void publish(Runnable step) {
        lock.readLock().lock();
        try {
            step.run();
        } finally {
            lock.readLock().unlock();
        }
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
}
