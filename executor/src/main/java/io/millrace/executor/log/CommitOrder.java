package io.millrace.executor.log;

import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.LongConsumer;
import java.util.function.Supplier;

/**
 * Puts what becomes visible, in any log, before or after what is looked at: whoever looks at several logs sees no write
 * without those that were acknowledged before it began. Thread-safe.
 */
public final class CommitOrder {
    /** Shared by those who make writes visible, which do not wait for each other; alone for those who look. */
    private final ReadWriteLock lock = new ReentrantReadWriteLock();

    private final AtomicLong sequence = new AtomicLong();
    private volatile LongConsumer listener = rows -> {};

    /**
     * Makes writes visible, before they are acknowledged; short.
     *
     * @param rows that become visible
     */
    public void publish(long rows, Runnable step) {
        lock.readLock().lock();
        try {
            step.run();
            sequence.incrementAndGet();
        } finally {
            lock.readLock().unlock();
        }
        listener.accept(rows);
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

    /** Is told how many rows, each time that some have become visible, on the thread that made them so: it must be short. */
    public void onPublish(LongConsumer newListener) {
        listener = newListener;
    }
}
