package io.millrace.executor.log;

import io.millrace.executor.column.Batch;

/**
 * Reads the blocks of a log in order, checking each. For one thread at a time; what {@link #block()} gives is valid until
 * the next call of {@link #next()}.
 */
public interface LogReader extends AutoCloseable {
    /**
     * Moves to the next block that is durable and below {@code endLsn}.
     *
     * @return false when there is none now
     * @throws io.millrace.error.MillraceException DATA_CORRUPTED, naming file and position, when the block is damaged or
     *     missing; the block is never served
     */
    boolean next(long endLsn);

    /** The number of the block that {@link #next} will read. */
    long nextLsn();

    long lsn();

    /** The number, in the log, of the block's first row. */
    long firstRow();

    /** The size of the block in the log. */
    int bytes();

    /** The append time of all rows of the block, microseconds since the epoch. */
    long appendTime();

    /** The lowest time of the stream's time column; {@code Long.MAX_VALUE} when the block has none. */
    long minTime();

    /** The highest time of the stream's time column; {@code Long.MIN_VALUE} when the block has none. */
    long maxTime();

    /** The watermark before the block's first row. */
    long watermarkBefore();

    /** The watermark after the block's last row. */
    long watermarkAfter();

    /**
     * The rows: the declared columns, then {@code rowtime}. Columns are decoded at first use. A block that only moves the
     * watermark has no rows.
     */
    Batch block();

    @Override
    void close();
}
