package io.millrace.executor.circuit;

import io.millrace.catalog.WatermarkDefinition;
import io.millrace.error.MillraceException;
import io.millrace.executor.column.Batch;
import io.millrace.executor.column.LongColumn;
import io.millrace.executor.log.LogReader;
import io.millrace.executor.time.WatermarkTracker;
import org.jspecify.annotations.Nullable;

/** Reads a stream for all circuits at one position: what they share of a block is computed once. For one thread. */
public final class BlockReader implements AutoCloseable {
    private final OpenStream stream;
    private final LogReader reader;
    private final @Nullable WatermarkTracker tracker;

    private long @Nullable [] running;

    public BlockReader(OpenStream stream, long lsn) {
        this.stream = stream;
        this.reader = stream.log().reader(lsn);
        this.tracker = stream.newTracker();
    }

    public boolean next(long endLsn) {
        running = null;
        return reader.next(endLsn);
    }

    public long nextLsn() {
        return reader.nextLsn();
    }

    /** The size of the block in the log. */
    public int bytes() {
        return reader.bytes();
    }

    /** The number of the block. */
    long lsn() {
        return reader.lsn();
    }

    long firstRow() {
        return reader.firstRow();
    }

    long appendTime() {
        return reader.appendTime();
    }

    /** The number of the row after the block's last. */
    long endRow() {
        return reader.firstRow() + block().rowCount();
    }

    /** True when the stream's time has a watermark of its own, rather than the append time. */
    boolean hasWatermark() {
        return tracker != null;
    }

    long watermarkBefore() {
        return reader.watermarkBefore();
    }

    long watermarkAfter() {
        return reader.watermarkAfter();
    }

    public Batch block() {
        return reader.block();
    }

    /** The watermark after each row of the block; only for a stream that has one. */
    long[] runningWatermarks() {
        if (running != null) {
            return running;
        }
        if (tracker == null) {
            throw MillraceException.internal("stream \"" + stream.definition().name() + "\" has no watermark");
        }
        Batch block = reader.block();
        int rows = block.rowCount();
        long[] computed = tracker.track(block, 0, rows, reader.appendTime(), reader.watermarkBefore());
        if (computed[rows - 1] != reader.watermarkAfter()) {
            throw MillraceException.internal("the watermark after block " + reader.lsn() + " of stream \""
                    + stream.definition().name() + "\" is " + reader.watermarkAfter()
                    + " in the log, but its rows give "
                    + computed[rows - 1]);
        }
        running = computed;
        return computed;
    }

    /** The times of the block's rows; only for a stream that has a watermark. */
    LongColumn times() {
        WatermarkDefinition watermark = stream.definition().watermark();
        if (watermark == null) {
            throw MillraceException.internal("stream \"" + stream.definition().name() + "\" has no watermark");
        }
        return (LongColumn) reader.block().column(watermark.timeColumn());
    }

    @Override
    public void close() {
        reader.close();
    }
}
