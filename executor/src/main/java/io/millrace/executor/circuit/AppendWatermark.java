package io.millrace.executor.circuit;

import io.millrace.catalog.WatermarkDefinition;
import io.millrace.executor.column.Column;
import io.millrace.executor.column.ColumnBatch;
import io.millrace.executor.log.BlockWatermark;
import io.millrace.executor.metrics.RowTimeCounts;
import io.millrace.executor.time.WatermarkTracker;
import io.millrace.executor.time.Watermarks;
import java.util.List;

/**
 * The watermark of a stream as its rows are appended: tells the log how far they move it, counts those that are late,
 * and moves it on while the stream is silent.
 *
 * <p>After IDLE TIMEOUT without a row the watermark is what it was after the last row, plus the time since. It is written
 * to the log, so that every query sees the same, only when that can be seen: when a window of a running query closes by
 * it, and before the row that ends the silence. An idle stream so writes nothing while no window is open, and what is
 * late does not depend on which queries run. The time during which the engine was down, or recovered, does not count: nothing
 * could be appended then, and what was held back meanwhile must not be late.
 */
final class AppendWatermark implements BlockWatermark {
    private final WatermarkDefinition definition;
    private final WatermarkTracker tracker;

    private long running = Watermarks.NONE;
    private volatile LastRow lastRow = new LastRow(0, Watermarks.NONE);
    private volatile RowTimeCounts counts = RowTimeCounts.ZERO;
    private volatile long moved = Watermarks.NONE;
    /** When rows were last given to the log: while they wait for a slow disk the stream is not silent. */
    private volatile long lastGiven;

    AppendWatermark(WatermarkDefinition definition) {
        this.definition = definition;
        this.tracker = new WatermarkTracker(definition);
    }

    private record LastRow(long time, long watermark) {}

    /** The log has been opened; no row has been appended yet. */
    void open(long now, long watermark) {
        moved = watermark;
        lastGiven = now;
        lastRow = new LastRow(now, watermark);
    }

    /** Rows can come from now on: until now the stream was not silent. Before the first row. */
    void awake(long now) {
        LastRow last = lastRow;
        lastGiven = Math.max(now, lastGiven);
        lastRow = new LastRow(Math.max(now, last.time), Math.max(last.watermark, moved));
    }

    /** Rows are about to be appended. */
    void giving(long now) {
        lastGiven = now;
    }

    /** The watermark is moved by a block without rows. */
    synchronized void moveTo(long watermark) {
        moved = Math.max(moved, watermark);
    }

    @Override
    public long highest(List<Column> columns, int from, int to, long appendTime) {
        if (from >= to) {
            return Watermarks.NONE;
        }
        running = Math.max(running, moved);
        ColumnBatch rows = new ColumnBatch(columns.get(0).size(), columns);
        long highest = tracker.track(rows, from, to, appendTime, Watermarks.NONE, running)[to - from - 1];
        running = Math.max(running, highest);
        lastRow = new LastRow(Math.max(appendTime, lastRow.time), running);
        counts = new RowTimeCounts(tracker.lateRows(), tracker.nullTimeRows(), tracker.futureRows());
        return highest;
    }

    RowTimeCounts counts() {
        return counts;
    }

    /** The watermark of the stream if it is silent now; {@code Watermarks.NONE} if it is not. */
    long idleWatermark(long now) {
        LastRow last = lastRow;
        boolean isSilent = now - Math.max(last.time, lastGiven) >= definition.idleTimeout();
        return last.watermark == Watermarks.NONE || !isSilent ? Watermarks.NONE : last.watermark + (now - last.time);
    }

    /** When the watermark reaches {@code target} if no further row comes; {@code Long.MAX_VALUE}: never. */
    long timeOfIdle(long target) {
        LastRow last = lastRow;
        if (last.watermark == Watermarks.NONE) {
            return Long.MAX_VALUE;
        }
        long silent = Math.max(last.time, lastGiven) + definition.idleTimeout();
        long reached = last.time + (target - last.watermark);
        return target < last.watermark ? silent : reached < last.time ? Long.MAX_VALUE : Math.max(silent, reached);
    }
}
