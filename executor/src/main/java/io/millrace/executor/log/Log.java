package io.millrace.executor.log;

import io.millrace.error.MillraceException;
import io.millrace.executor.column.Column;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * The durable log of one stream: blocks of rows in one order. Thread-safe, but for the readers it gives.
 *
 * <p>A failed log (disk full, a write that went wrong) refuses appends with an error that says why; what was acknowledged
 * stays readable.
 */
public interface Log extends AutoCloseable {
    /**
     * Appends rows, all or none of them, in as many blocks as they need. Waits while too much is waiting to be written, so
     * that a slow disk slows those who append.
     *
     * @param columns one per declared column of the stream, of any equal size; they belong to the log until the future
     *     completes
     * @param producer null when the append need not be recognised if it is sent again; of one that counts, an append without
     *     rows is remembered too
     * @return completes when the rows are on disk, with where they are; exceptionally with a {@code MillraceException}
     */
    CompletableFuture<AppendResult> append(List<Column> columns, int rowCount, @Nullable ProducerSequence producer);

    /**
     * Appends the rows of several producers as one append, all or none of them. That none of the parts has been made is the
     * caller's to know: it asks {@link #made} and has no other append under way.
     */
    CompletableFuture<AppendResult> appendParts(List<Column> columns, int rowCount, List<AppendPart> parts);

    /**
     * The last append of a producer, when it says that this one was made; null when this one has yet to be made. Appends that
     * are under way are not known.
     *
     * @throws MillraceException of code FENCED or OUT_OF_ORDER when it must not be made
     */
    @Nullable
    ProducerEntry made(ProducerSequence producer);

    /**
     * The last append of a producer, when none of it is under way any more; null when it is not known.
     */
    CompletableFuture<@Nullable ProducerEntry> settled(UUID producer);

    /** The last append on disk of each named producer that is remembered. */
    List<ProducerEntry> namedProducers();

    /** When further generations begin. */
    void limit(GenerationLimits limits);

    /** Appends a block without rows that moves the watermark; returns when it is on disk. Lower values are ignored. */
    void appendWatermark(long watermark);

    /** The durable end; readers see all below it. */
    LogEnd end();

    /**
     * The durable end, with the promise that later blocks are not older than the time returned, which is {@code now}
     * unless rows that were stamped earlier are still being written.
     *
     * @param now in microseconds since the epoch
     */
    LogEnd tick(long now);

    /** Runs {@code listener} after each change of the end, on the thread that made it: it must only signal. */
    void onAppend(Runnable listener);

    /** Where the log begins for those who begin to read now. */
    LogStart start();

    /**
     * A reader that begins at block {@code lsn}, which stays readable until it has passed it or is closed.
     *
     * @throws MillraceException HISTORY_TRIMMED when the block is not kept any more
     */
    LogReader reader(long lsn);

    /**
     * The first block that must be read to see all rows whose time is at or above {@code time} and all later blocks; the
     * time column is the stream's, or the append time when {@code byAppendTime}.
     */
    long firstBlockSince(long time, boolean byAppendTime);

    /**
     * Keeps the blocks from {@code lsn} on.
     *
     * @throws MillraceException HISTORY_TRIMMED when the block is not kept any more
     */
    LogHold hold(long lsn);

    /**
     * The first block that must be kept to keep {@code bytes} of the log; the first of all when it has less.
     */
    long firstBlockWithin(long bytes);

    /**
     * Moves {@link #start} on, to a block at or below {@code lsn}: whoever begins to read now does not see what is before it.
     * Cheap; does nothing when no generation ends that far.
     *
     * @param note to be remembered in the start
     */
    void release(long lsn, long note);

    /** Gives the start a note, if the one that it had is lost. */
    void noteIfUnknown(long note);

    /**
     * Deletes what had been released when this was called last, as far as nobody reads it; a log that is wanted by nobody is left
     * with a block without rows.
     *
     * @return completes when that is done; exceptionally when the log cannot be written
     */
    CompletableFuture<Void> trim();

    /** Why appends are refused for good, or which damage a reader has met; null while all is well. */
    @Nullable
    MillraceException failure();

    /** Bytes on disk, roughly; for SHOW STREAMS and metrics. */
    long sizeBytes();

    /** Bytes that have been deleted from its beginning, roughly. */
    long trimmedBytes();

    @Override
    void close();
}
