package io.millrace.executor.log;

import io.millrace.error.ErrorCode;
import io.millrace.error.MillraceException;
import io.millrace.executor.work.Signal;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The appends between their callers and the thread that writes. Whoever adds to a full queue waits, so that a slow disk
 * slows a socket; an append that has been made, or is on its way, is recognised.
 */
final class AppendQueue {
    private static final long MAX_WAITING_BYTES = 32L << 20;

    private final LogState state;
    private final String stream;
    private final ProducerEpochs epochs;
    private final ProducerOrder order;
    private final ReentrantLock lock = new ReentrantLock();
    private final Signal notEmpty = new Signal();
    private final Condition notFull = lock.newCondition();

    private final Map<UUID, Deque<PendingAppend>> inFlight = new HashMap<>();
    private List<PendingAppend> waiting = new ArrayList<>();
    private long waitingBytes;
    private @Nullable CompletableFuture<Void> trim;
    private boolean closed;

    AppendQueue(LogState state, String stream, ProducerEpochs epochs) {
        this.state = state;
        this.stream = stream;
        this.epochs = epochs;
        this.order = new ProducerOrder(stream);
    }

    /** @param mayWait false on the thread that writes, which would wait for itself */
    CompletableFuture<AppendResult> add(PendingAppend append, boolean mayWait) {
        lock.lock();
        try {
            while (mayWait && !closed && waitingBytes > 0 && waitingBytes + append.bytes > MAX_WAITING_BYTES) {
                notFull.await();
            }
            if (closed) {
                throw shuttingDown(stream);
            }
            ProducerSequence producer = append.producer;
            if (producer != null) {
                CompletableFuture<AppendResult> earlier = earlier(producer);
                if (earlier != null) {
                    return earlier;
                }
                inFlight.computeIfAbsent(producer.producer(), id -> new ArrayDeque<>())
                        .add(append);
            }
            waiting.add(append);
            waitingBytes += append.bytes;
            notEmpty.give();
            return append.future;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new MillraceException(ErrorCode.CANCELLED, "the append to \"" + stream + "\" was interrupted", e);
        } finally {
            lock.unlock();
        }
    }

    static MillraceException shuttingDown(String stream) {
        return new MillraceException(ErrorCode.SHUTTING_DOWN, "the log of \"" + stream + "\" has been closed");
    }

    /** Under the lock, so that nothing of an earlier epoch is added once {@link #settled} has looked. */
    private @Nullable CompletableFuture<AppendResult> earlier(ProducerSequence sent) {
        Deque<PendingAppend> open = inFlight.get(sent.producer());
        if (open == null) {
            ProducerEntry made = made(sent);
            return made == null ? null : CompletableFuture.completedFuture(again(made.result()));
        }
        checkEpoch(sent);
        for (PendingAppend append : open) {
            if (isSame(append, sent)) {
                return append.future.thenApply(AppendQueue::again);
            }
        }
        ProducerSequence last = Objects.requireNonNull(open.getLast().producer);
        boolean isMade = order.isMade(sent, last.epoch(), last.sequence());
        return isMade ? open.getLast().future.thenApply(AppendQueue::again) : null;
    }

    private static boolean isSame(PendingAppend append, ProducerSequence sent) {
        ProducerSequence known = append.producer;
        return known != null && known.sequence() == sent.sequence() && known.epoch() == sent.epoch();
    }

    /**
     * Where the append went, or that which says that it was made: the last of the producer that is on disk. Null when it has
     * yet to be made.
     *
     * @throws MillraceException when it must not be made
     */
    @Nullable
    ProducerEntry made(ProducerSequence sent) {
        checkEpoch(sent);
        ProducerEntry last = state.index().lastOf(sent.producer());
        return order.isMade(sent, last) ? last : null;
    }

    /** What is on disk of a producer that counts may be less than it was when the append was added. */
    @Nullable
    AppendResult madeBeforeWriting(ProducerSequence sent, @Nullable ProducerEntry last) {
        return order.isMade(sent, last) && last != null ? again(last.result()) : null;
    }

    private void checkEpoch(ProducerSequence sent) {
        if (sent.epoch() > 0) {
            epochs.check(sent.producer(), sent.epoch());
        }
    }

    /** The last append of a producer on disk when none is on its way; what fails on its way does not matter. */
    CompletableFuture<@Nullable ProducerEntry> settled(UUID producer) {
        CompletableFuture<?>[] open;
        lock.lock();
        try {
            open = inFlight.getOrDefault(producer, new ArrayDeque<>()).stream()
                    .map(append -> append.future.handle((result, failure) -> true))
                    .toArray(CompletableFuture<?>[]::new);
        } finally {
            lock.unlock();
        }
        return CompletableFuture.allOf(open).thenApply(all -> state.index().lastOf(producer));
    }

    private static AppendResult again(AppendResult result) {
        return new AppendResult(result.lsn(), result.firstRow(), result.rows(), true);
    }

    /** Asks that the log be trimmed; completes when it has been. */
    CompletableFuture<Void> trim() {
        lock.lock();
        try {
            if (closed) {
                throw shuttingDown(stream);
            }
            CompletableFuture<Void> asked = trim == null ? new CompletableFuture<>() : trim;
            trim = asked;
            notEmpty.give();
            return asked;
        } finally {
            lock.unlock();
        }
    }

    /** Null when nobody has asked. */
    @Nullable
    CompletableFuture<Void> takeTrim() {
        lock.lock();
        try {
            CompletableFuture<Void> asked = trim;
            trim = null;
            return asked;
        } finally {
            lock.unlock();
        }
    }

    /**
     * All that waits; waits for it, and may return early. Empty when nothing came, when the log is to be trimmed, or when the
     * queue was closed.
     */
    List<PendingAppend> take(long timeoutNanos) throws InterruptedException {
        if (timeoutNanos > 0 && isIdle()) {
            notEmpty.await(timeoutNanos);
        }
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
        lock.lock();
        try {
            List<PendingAppend> group = waiting;
            waiting = new ArrayList<>();
            waitingBytes = 0;
            notFull.signalAll();
            return group;
        } finally {
            lock.unlock();
        }
    }

    /** Forgets that an append is on its way; when it was made, the index knows it by now. */
    void finished(PendingAppend append) {
        ProducerSequence producer = append.producer;
        if (producer == null) {
            return;
        }
        lock.lock();
        try {
            Deque<PendingAppend> open = inFlight.get(producer.producer());
            if (open == null) {
                return;
            }
            for (Iterator<PendingAppend> each = open.iterator(); each.hasNext(); ) {
                if (each.next() == append) {
                    each.remove();
                    break;
                }
            }
            if (open.isEmpty()) {
                inFlight.remove(producer.producer());
            }
        } finally {
            lock.unlock();
        }
    }

    private boolean isIdle() {
        lock.lock();
        try {
            return !closed && waiting.isEmpty() && trim == null;
        } finally {
            lock.unlock();
        }
    }

    boolean isDrained() {
        lock.lock();
        try {
            return closed && waiting.isEmpty();
        } finally {
            lock.unlock();
        }
    }

    /** Refuses further appends; what waits can still be taken. */
    void close() {
        lock.lock();
        try {
            closed = true;
            notEmpty.give();
            notFull.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
