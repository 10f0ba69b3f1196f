package io.millrace.executor.log;

import io.millrace.error.ErrorCode;
import io.millrace.error.MillraceException;
import io.millrace.executor.column.Column;
import io.millrace.executor.time.EngineClock;
import io.millrace.executor.work.Waits;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongFunction;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A log in Chronicle Queue.
 *
 * <pre>
 * directory
 *   .writer.lock         held while the log is open
 *   manifest             the durable end at some time, and the generations
 *   generation-000001    a queue: what one process wrote, or a part of it: the log is trimmed by whole generations
 *   generation-000002
 * </pre>
 *
 * An append waits for its turn while 32 MB of others wait. Readers are closed before the log.
 */
public final class ChronicleLog implements Log {
    private static final Logger LOG = LoggerFactory.getLogger(ChronicleLog.class);

    private final LogOptions options;
    private final DirectoryLock lock;
    private final LogState state;
    private final AppendQueue queue;
    private final GroupWriter writer;
    private final Committer committer;
    private final RowSize rowSize;
    private final List<Runnable> listeners = new CopyOnWriteArrayList<>();
    private final AtomicBoolean started = new AtomicBoolean();
    private final AtomicBoolean closed = new AtomicBoolean();

    private ChronicleLog(
            Path directory,
            LogOptions options,
            DirectoryLock lock,
            LogState state,
            Disk disk,
            BlockStore.Opener stores) {
        this.options = options;
        this.lock = lock;
        this.state = state;
        this.queue = new AppendQueue(state, options.name(), options.producers());
        this.rowSize = new RowSize(options.columnTypes());
        writer = new GroupWriter(directory, options, state, disk, stores);
        state.index().limitProducers(options.producers().limit());
        options.producers().opened(state.index());
        this.committer = new Committer(queue, writer, state, options, this::signal);
    }

    /**
     * Opens the log in a directory of its own, creating it when there is none. A damaged log opens too: it can be read up to
     * the damage and refuses appends with DATA_CORRUPTED.
     *
     * @throws MillraceException when the directory is in use or cannot be read, or the log has other columns
     */
    public static ChronicleLog open(Path directory, LogOptions options) {
        return open(directory, options, Disk.LOCAL);
    }

    /** As {@link #open(Path, LogOptions)}, on a disk of another kind. */
    public static ChronicleLog open(Path directory, LogOptions options, Disk disk) {
        DirectoryLock lock = DirectoryLock.acquire(directory, ".writer.lock", "log directory");
        try {
            BlockStore.Opener stores = disk.stores(monotonicMillis(options.clock()));
            LogState state = new Recovery(directory, options, stores).recover();
            return new ChronicleLog(directory, options, lock, state, disk, stores);
        } catch (IOException e) {
            lock.close();
            throw new MillraceException(
                    ErrorCode.IO_ERROR,
                    "cannot open the log of stream \"" + options.name() + "\": " + e.getMessage(),
                    e);
        } catch (RuntimeException | Error e) {
            lock.close();
            throw e;
        }
    }

    /** A clock that goes back over midnight would have Chronicle write to the file before the last. */
    private static LongSupplier monotonicMillis(EngineClock clock) {
        AtomicLong last = new AtomicLong(Long.MIN_VALUE);
        return () -> last.accumulateAndGet(clock.epochMicros() / 1_000, Math::max);
    }

    @Override
    public CompletableFuture<AppendResult> append(
            List<Column> columns, int rowCount, @Nullable ProducerSequence producer) {
        return append(columns, rowCount, bytes -> PendingAppend.rows(List.copyOf(columns), rowCount, producer, bytes));
    }

    @Override
    public CompletableFuture<AppendResult> appendParts(List<Column> columns, int rowCount, List<AppendPart> parts) {
        return append(
                columns,
                rowCount,
                bytes -> PendingAppend.parts(List.copyOf(columns), rowCount, List.copyOf(parts), bytes));
    }

    @Override
    public void limit(GenerationLimits limits) {
        writer.limit(limits);
    }

    @Override
    public @Nullable ProducerEntry made(ProducerSequence producer) {
        return queue.made(producer);
    }

    @Override
    public CompletableFuture<@Nullable ProducerEntry> settled(UUID producer) {
        return queue.settled(producer);
    }

    @Override
    public List<ProducerEntry> namedProducers() {
        return state.index().namedProducers();
    }

    private CompletableFuture<AppendResult> append(
            List<Column> columns, int rowCount, LongFunction<PendingAppend> pending) {
        checkShape(columns, rowCount);
        try {
            checkFailure();
            long bytes = rowSize.bytes(columns, 0, rowCount);
            PendingAppend append = pending.apply(bytes);
            if (append.isEmpty()) {
                LogEnd end = state.end();
                return CompletableFuture.completedFuture(new AppendResult(end.nextLsn() - 1, end.rowCount(), 0, false));
            }
            if (bytes > rowSize.largest()) {
                checkRows(columns, rowCount);
            }
            startWriting();
            return queue.add(append, !committer.isCurrentThread());
        } catch (MillraceException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    private void checkShape(List<Column> columns, int rowCount) {
        boolean fits = columns.size() == options.columnTypes().size();
        for (Column column : columns) {
            fits &= column.size() >= rowCount;
        }
        if (!fits) {
            throw new IllegalArgumentException(columns.size() + " columns, some with less than " + rowCount
                    + " rows, for columns " + options.columnTypes());
        }
    }

    private void checkFailure() {
        MillraceException failure = state.failure();
        if (failure != null) {
            throw failure;
        }
    }

    private void checkRows(List<Column> columns, int rowCount) {
        for (int row = 0; row < rowCount; row++) {
            long bytes = rowSize.bytes(columns, row, row + 1);
            if (bytes > rowSize.largest()) {
                throw new MillraceException(
                                ErrorCode.LIMIT_EXCEEDED,
                                "a row of " + bytes + " bytes is too large for stream \"" + options.name() + "\"")
                        .withHint("A row can have at most " + rowSize.largest() + " bytes.");
            }
        }
    }

    private void startWriting() {
        if (!started.get() && started.compareAndSet(false, true)) {
            Thread thread = options.threads().newThread(committer);
            thread.setName("log-" + options.name());
            thread.start();
        }
    }

    @Override
    public void appendWatermark(long watermark) {
        checkFailure();
        if (watermark <= state.end().watermark()) {
            return;
        }
        startWriting();
        try {
            Waits.join(queue.add(PendingAppend.watermark(watermark), !committer.isCurrentThread()));
        } catch (CompletionException e) {
            if (e.getCause() instanceof MillraceException cause) {
                throw cause;
            }
            throw e;
        }
    }

    @Override
    public LogEnd end() {
        return state.end();
    }

    @Override
    public LogEnd tick(long now) {
        return state.tick(now);
    }

    @Override
    public void onAppend(Runnable listener) {
        listeners.add(listener);
    }

    private void signal() {
        for (Runnable listener : listeners) {
            try {
                listener.run();
            } catch (RuntimeException e) {
                LOG.error("a listener of log \"{}\" failed", options.name(), e);
            }
        }
    }

    @Override
    public LogStart start() {
        LogStart released = state.retained().start();
        LogStart kept = state.index().start(); // which knows the time of its first block
        return kept.lsn() >= released.lsn() ? kept : released;
    }

    @Override
    public LogReader reader(long lsn) {
        if (lsn < 0 || lsn > state.end().nextLsn()) {
            throw new IllegalArgumentException(
                    "block " + lsn + " of a log that ends at " + state.end().nextLsn());
        }
        return new ChronicleLogReader(state, options, lsn);
    }

    @Override
    public LogHold hold(long lsn) {
        Retained.Holder holder = new FixedHolder(lsn);
        state.retained().begin(holder, lsn);
        return () -> state.retained().end(holder);
    }

    /** Not a record: two that hold the same are two. */
    private static final class FixedHolder implements Retained.Holder {
        private final long lsn;

        FixedHolder(long lsn) {
            this.lsn = lsn;
        }

        @Override
        public long heldLsn() {
            return lsn;
        }
    }

    @Override
    public long firstBlockSince(long time, boolean byAppendTime) {
        return Math.max(start().lsn(), state.index().firstBlockSince(time, byAppendTime));
    }

    @Override
    public long firstBlockWithin(long bytes) {
        return Math.max(start().lsn(), state.index().firstBlockWithin(bytes));
    }

    @Override
    public void release(long lsn, long note) {
        state.retained().want(lsn);
        Generation first = state.lastBefore(lsn);
        if (first == null || first.firstLsn() <= start().lsn() || state.failure() != null) {
            return;
        }
        try (ChronicleLogReader reader = new ChronicleLogReader(state, options, first.firstLsn())) {
            if (reader.next(Long.MAX_VALUE)) { // what is kept has to begin well
                state.retained().release(new LogStart(reader.lsn(), reader.firstRow(), reader.appendTime(), note));
                signal(); // whoever looks from now on begins there
            }
        } catch (MillraceException damaged) {
            LOG.warn("log \"{}\" is not trimmed: {}", options.name(), damaged.getMessage());
        }
    }

    @Override
    public void noteIfUnknown(long note) {
        state.index().noteIfUnknown(note);
    }

    @Override
    public CompletableFuture<Void> trim() {
        try {
            checkFailure();
            startWriting();
            return queue.trim();
        } catch (MillraceException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    @Override
    public @Nullable MillraceException failure() {
        MillraceException failure = state.failure();
        return failure != null ? failure : state.damage();
    }

    @Override
    public long sizeBytes() {
        return state.index().bytes() - state.index().trimmedBytes();
    }

    @Override
    public long trimmedBytes() {
        return state.index().trimmedBytes();
    }

    @Override
    public void close() {
        if (closed.getAndSet(true)) {
            return;
        }
        queue.close();
        if (!started.compareAndSet(false, true)) {
            committer.awaitEnd();
        }
        state.markClosed();
        options.producers().closed(state.index());
        state.generations().forEach(Generation::close);
        lock.close();
    }
}
