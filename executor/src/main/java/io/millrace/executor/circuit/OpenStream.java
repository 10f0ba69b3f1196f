package io.millrace.executor.circuit;

import io.millrace.catalog.StreamDefinition;
import io.millrace.catalog.WatermarkDefinition;
import io.millrace.error.ErrorCode;
import io.millrace.error.MillraceException;
import io.millrace.executor.column.Column;
import io.millrace.executor.log.AppendResult;
import io.millrace.executor.log.BlockWatermark;
import io.millrace.executor.log.CommitOrder;
import io.millrace.executor.log.Log;
import io.millrace.executor.log.LogEnd;
import io.millrace.executor.log.ProducerSequence;
import io.millrace.executor.metrics.RowTimeCounts;
import io.millrace.executor.metrics.WatermarkStatus;
import io.millrace.executor.time.WatermarkTracker;
import io.millrace.executor.time.Watermarks;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A stream whose log is open. Thread-safe. */
public final class OpenStream implements AutoCloseable {
    private static final Logger LOGGER = LoggerFactory.getLogger(OpenStream.class);

    private volatile StreamDefinition definition;
    private final @Nullable AppendWatermark watermark;
    private final Log log;
    private volatile long visibleEnd;
    private long visibleRows;

    /**
     * @param open opens the log, given what tells it the watermark of its blocks
     * @param now of the engine's clock
     */
    public OpenStream(
            StreamDefinition definition, Function<@Nullable BlockWatermark, Log> open, long now, CommitOrder order) {
        this.definition = definition;
        WatermarkDefinition declared = definition.watermark();
        this.watermark = declared == null ? null : new AppendWatermark(declared);
        this.log = open.apply(watermark);
        if (watermark != null) {
            watermark.open(now, log.end().watermark());
        }
        visibleEnd = log.end().nextLsn();
        visibleRows = log.end().rowCount();
        log.onAppend(() -> publish(order));
    }

    /** On the thread that writes the log. */
    private void publish(CommitOrder order) {
        LogEnd end = log.end();
        long rows = end.rowCount() - visibleRows;
        visibleRows = end.rowCount();
        order.publish(rows, () -> visibleEnd = end.nextLsn());
    }

    public StreamDefinition definition() {
        return definition;
    }

    /** @param altered the same stream, with other options */
    public void alter(StreamDefinition altered) {
        definition = altered;
    }

    public Log log() {
        return log;
    }

    /** The stream with all that has been acknowledged, and with no more than the order of commits allows. */
    public PinnedStream pinned() {
        return new PinnedStream(this, log.start().lsn(), visibleEnd);
    }

    /** Rows can come from now on; before the first. */
    public void awake(long now) {
        if (watermark != null) {
            watermark.awake(now);
        }
    }

    /** Appends rows, after the watermark has been moved on if the stream was idle until now. */
    public CompletableFuture<AppendResult> append(
            List<Column> columns, int rowCount, @Nullable ProducerSequence producer, long now) {
        try {
            check(columns, rowCount);
            tick(now);
            if (watermark != null && rowCount > 0) {
                watermark.giving(now);
            }
        } catch (MillraceException refused) {
            return CompletableFuture.failedFuture(refused);
        }
        return log.append(columns, rowCount, producer);
    }

    /** Writes the watermark of the silence to the log if the stream is idle; returns when it is on disk. */
    void tick(long now) {
        long idle = idleWatermark(now);
        if (watermark != null && idle > log.end().watermark()) {
            watermark.moveTo(idle);
            log.appendWatermark(idle);
        }
    }

    /** Writes the watermark of the silence before the log is closed, lest it fall when the log is opened again. */
    public void keepIdleWatermark(long now) {
        try {
            tick(now);
        } catch (MillraceException refused) {
            LOGGER.warn("the log of stream \"{}\" takes no watermark: {}", definition.name(), refused.getMessage());
        }
    }

    /** The watermark that the stream's silence has reached; {@code Watermarks.NONE} when it is not idle. */
    long idleWatermark(long now) {
        return watermark == null ? Watermarks.NONE : watermark.idleWatermark(now);
    }

    /** When silence moves the watermark to {@code target}; {@code Long.MAX_VALUE}: never. */
    long timeOfIdle(long target) {
        return watermark == null ? Long.MAX_VALUE : watermark.timeOfIdle(target);
    }

    /** A tracker that repeats the stream's watermark row by row; null when its time is the append time. */
    @Nullable
    WatermarkTracker newTracker() {
        WatermarkDefinition declared = definition.watermark();
        return declared == null ? null : new WatermarkTracker(declared);
    }

    /** The stream's watermark now; {@code Watermarks.NONE} before any row. */
    public long watermark(long now) {
        LogEnd end = log.end();
        if (watermark != null) {
            return Math.max(end.watermark(), idleWatermark(now));
        }
        return end.rowCount() == 0 ? Watermarks.NONE : log.tick(now).time();
    }

    /** What the watermark waits for. */
    public WatermarkStatus.Holder watermarkHolder(long now) {
        if (watermark(now) == Watermarks.NONE) {
            return WatermarkStatus.Holder.NO_ROWS;
        }
        if (watermark == null) {
            return WatermarkStatus.Holder.CLOCK;
        }
        return idleWatermark(now) == Watermarks.NONE ? WatermarkStatus.Holder.ROWS : WatermarkStatus.Holder.IDLE;
    }

    /** What was odd about the times of the rows appended since the stream was opened. */
    public RowTimeCounts rowTimeCounts() {
        return watermark == null ? RowTimeCounts.ZERO : watermark.counts();
    }

    @Override
    public void close() {
        log.close();
    }

    private void check(List<Column> columns, int rowCount) {
        if (columns.size() != definition.columns().size()) {
            throw MillraceException.internal(columns.size() + " columns for stream \"" + definition.name() + "\" of "
                    + definition.columns().size());
        }
        for (int i = 0; i < columns.size(); i++) {
            if (!definition.columnType(i).nullable() && hasNull(columns.get(i), rowCount)) {
                throw new MillraceException(
                        ErrorCode.NULL_NOT_ALLOWED,
                        "null value in column \"" + definition.columnName(i) + "\" of stream \"" + definition.name()
                                + "\" violates not-null constraint");
            }
        }
    }

    private static boolean hasNull(Column column, int rowCount) {
        if (!column.hasNulls()) {
            return false;
        }
        for (int row = 0; row < rowCount; row++) {
            if (column.isNull(row)) {
                return true;
            }
        }
        return false;
    }
}
