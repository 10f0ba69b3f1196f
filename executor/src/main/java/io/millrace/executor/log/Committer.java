package io.millrace.executor.log;

import io.millrace.error.ErrorCode;
import io.millrace.error.MillraceException;
import io.millrace.executor.time.EngineClock;
import io.millrace.executor.work.Waits;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The thread that writes a log. What gathers while one group is synced is the next group, so a lone append waits for
 * nobody, and many share a sync. One thread per log, begun at the first append: it sleeps most of the time, and a disk that
 * stalls one log stalls no other.
 */
final class Committer implements Runnable {
    private static final Logger LOG = LoggerFactory.getLogger(Committer.class);
    private static final long CHECKPOINT_NANOS = TimeUnit.SECONDS.toNanos(10);
    private static final long CHECKPOINT_BYTES = 256L << 20;
    private static final long FOREVER = Long.MAX_VALUE;

    private final AppendQueue queue;
    private final GroupWriter writer;
    private final Admission admission;
    private final LogState state;
    private final LogOptions options;
    private final Runnable onChange;
    private final EngineClock clock;
    private final CompletableFuture<Void> ended = new CompletableFuture<>();

    private volatile @Nullable Thread thread;
    private long checkpointLsn;
    private long checkpointBytes;
    private long checkpointNanos;

    Committer(AppendQueue queue, GroupWriter writer, LogState state, LogOptions options, Runnable onChange) {
        this.queue = queue;
        this.writer = writer;
        this.admission = new Admission(queue, state);
        this.state = state;
        this.options = options;
        this.onChange = onChange;
        this.clock = options.clock();
        this.checkpointLsn = state.end().nextLsn();
    }

    boolean isCurrentThread() {
        return Thread.currentThread() == thread;
    }

    @Override
    public void run() {
        thread = Thread.currentThread();
        checkpointNanos = clock.nanoTime();
        try {
            while (!queue.isDrained()) {
                boolean remembered = checkpointLsn == state.end().nextLsn();
                List<PendingAppend> group = queue.take(remembered ? FOREVER : CHECKPOINT_NANOS);
                if (!group.isEmpty()) {
                    commit(group);
                }
                trimIfAsked();
                checkpointIfDue();
            }
        } catch (InterruptedException e) {
            stop(new MillraceException(
                    ErrorCode.INTERNAL_ERROR, "the writer of \"" + options.name() + "\" was interrupted", e));
        } catch (Throwable t) {
            stop(failed(t));
        } finally {
            finish();
        }
    }

    private void stop(MillraceException why) {
        LOG.error("the log of stream \"{}\" stops", options.name(), why);
        if (state.failure() == null) {
            state.fail(why);
            options.onFailure().accept(why);
        }
        queue.close();
    }

    private void finish() {
        try {
            refuseRest();
            writer.close();
            if (!isDamaged()) {
                writer.checkpoint(true);
            }
        } catch (WriteFailure e) {
            LOG.error("cannot close the log of stream \"{}\"", options.name(), e);
        } finally {
            ended.complete(null);
        }
    }

    private void trimIfAsked() throws WriteFailure {
        CompletableFuture<Void> asked = queue.takeTrim();
        if (asked == null) {
            return;
        }
        try {
            if (state.failure() == null) {
                if (writer.trim()) {
                    onChange.run();
                }
            }
            asked.complete(null);
        } catch (WriteFailure | RuntimeException | Error cause) {
            asked.completeExceptionally(failed(cause));
            throw cause;
        }
    }

    private void refuseRest() {
        MillraceException why = state.failure();
        CompletableFuture<Void> asked = queue.takeTrim();
        if (asked != null) {
            asked.completeExceptionally(why == null ? AppendQueue.shuttingDown(options.name()) : why);
        }
        try {
            for (PendingAppend append : queue.take(0)) {
                fail(append, why == null ? AppendQueue.shuttingDown(options.name()) : why);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean isDamaged() {
        MillraceException failure = state.failure();
        return failure != null && failure.code() == ErrorCode.DATA_CORRUPTED;
    }

    private void commit(List<PendingAppend> group) {
        MillraceException failure = state.failure();
        if (failure != null) {
            group.forEach(append -> fail(append, failure));
            return;
        }
        List<PendingAppend> admitted = admission.admit(group, this::fail);
        if (admitted.isEmpty()) {
            return;
        }
        try {
            writer.write(admitted);
        } catch (WriteFailure | Error e) { // what goes wrong in mapped memory may show as an Error, and late
            state.abandon();
            failGroup(admitted, e);
            return;
        } catch (RuntimeException e) {
            refuse(admitted, e);
            return;
        }
        publish(admitted);
    }

    private void failGroup(List<PendingAppend> group, Throwable t) {
        LOG.error("the log of stream \"{}\" has failed", options.name(), t);
        MillraceException why = failed(t);
        state.fail(why);
        options.onFailure().accept(t);
        group.forEach(append -> fail(append, why));
    }

    /** An append that cannot be made must not take others with it. */
    private void refuse(List<PendingAppend> group, RuntimeException e) {
        boolean full = e instanceof MillraceException known && known.code() == ErrorCode.DISK_FULL;
        if (group.size() > 1 && !full) {
            group.forEach(append -> commit(List.of(append)));
            return;
        }
        MillraceException why = e instanceof MillraceException known
                ? known
                : new MillraceException(ErrorCode.INTERNAL_ERROR, "internal error: " + e, e);
        group.forEach(append -> fail(append, why));
    }

    private MillraceException failed(Throwable t) {
        return new MillraceException(
                ErrorCode.IO_ERROR,
                "the log of stream \"" + options.name() + "\" has failed: " + t.getMessage(),
                "What was acknowledged is safe; appends are refused until the server is started again.",
                null,
                t);
    }

    private void publish(List<PendingAppend> group) {
        for (boolean hasMore = true; hasMore; ) {
            hasMore = writer.publishPart();
            onChange.run();
        }
        for (PendingAppend append : group) {
            queue.finished(append);
            append.future.complete(append.result);
        }
    }

    private void fail(PendingAppend append, MillraceException why) {
        queue.finished(append);
        append.future.completeExceptionally(why);
    }

    private void checkpointIfDue() throws WriteFailure {
        long lsn = state.end().nextLsn();
        long bytes = state.index().bytes();
        long now = clock.nanoTime();
        boolean due = now - checkpointNanos >= CHECKPOINT_NANOS || bytes - checkpointBytes >= CHECKPOINT_BYTES;
        if (lsn == checkpointLsn || !due || state.failure() != null) {
            return;
        }
        writer.checkpoint(false);
        checkpointLsn = lsn;
        checkpointBytes = bytes;
        checkpointNanos = now;
    }

    /** Waits until all is written and closed. */
    void awaitEnd() {
        Waits.join(ended);
    }
}
