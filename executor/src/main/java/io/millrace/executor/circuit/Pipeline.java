package io.millrace.executor.circuit;

import io.millrace.executor.checkpoint.StateReader;
import io.millrace.executor.checkpoint.StateWriter;
import io.millrace.executor.column.Batch;
import io.millrace.executor.column.LongColumn;
import io.millrace.executor.column.Selection;
import io.millrace.executor.metrics.QueryCounters;
import io.millrace.executor.operator.Operator;
import io.millrace.executor.time.Watermarks;
import io.millrace.executor.time.WindowEnds;
import io.millrace.plan.PlanNode;
import io.millrace.plan.StreamScan;
import io.millrace.plan.TimeAttribute;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The operators that one source feeds, down to the result, or to the port of an operator that has several inputs.
 *
 * <p>The scan of a stream gives the operators the watermark as it was before each row, in log order: a block goes through as one
 * batch, unless the watermark reaches the end of a window within it; then it is cut after the row that made it so. What
 * a window holds is so a function of the log alone, wherever blocks and steps begin. Where sessions end is known to their
 * operator alone: for them a block is cut before each row that is at or below the watermark, if it has one. For one thread at a time.
 */
public final class Pipeline implements AutoCloseable {
    private final PlanNode source;
    private final Operator head;
    private final List<Window> windows;
    private final WindowEnds eventEnds;
    private final boolean hasSessions;
    private final ScanBatch scan;
    private final QueryCounters counters;
    private final MemoryCheck memory;

    private long eventTime = Watermarks.NONE;
    private long rowTime = Watermarks.NONE;
    private boolean hasWatermark;
    private Watermarks current = Watermarks.INITIAL;

    /**
     * @param source the scan whose rows it takes
     * @param head the operator that takes them
     * @param windows those that the watermarks of the source close
     */
    Pipeline(
            PlanNode source,
            Operator head,
            List<Window> windows,
            ScanBatch scan,
            QueryCounters counters,
            MemoryCheck memory) {
        this.source = source;
        this.memory = memory;
        this.head = head;
        this.windows = List.copyOf(windows);
        this.eventEnds = new WindowEnds(windows.stream()
                .filter(window -> window.attribute() == TimeAttribute.EVENT_TIME)
                .map(Window::spec)
                .filter(spec -> !spec.isSession())
                .toList());
        this.hasSessions = windows.stream()
                .anyMatch(window -> window.attribute() == TimeAttribute.EVENT_TIME
                        && window.spec().isSession());
        this.scan = scan;
        this.counters = counters;
    }

    public PlanNode source() {
        return source;
    }

    /** The bytes held by its operators. */
    long stateBytes() {
        return head.stateBytes();
    }

    /** Takes the block that the reader stands on. */
    public void consume(BlockReader reader) {
        Batch block = reader.block();
        int rows = block.rowCount();
        hasWatermark = reader.hasWatermark();
        rowTime = Math.max(rowTime, reader.appendTime());
        eventTime = hasWatermark ? Math.max(eventTime, reader.watermarkBefore()) : rowTime;
        advance();
        if (source instanceof StreamScan stream && stream.lateOnly()) {
            if (rows > 0 && hasWatermark) {
                pushLate(block, reader.runningWatermarks(), reader.times());
            }
        } else if (rows > 0 && hasWatermark && hasSessions && reachesRows(block, reader)) {
            pushSlices(block, reader.runningWatermarks(), reader.times());
        } else if (rows > 0 && hasWatermark && reader.watermarkAfter() >= eventEnds.next(eventTime)) {
            pushSlices(block, reader.runningWatermarks(), null);
        } else if (rows > 0) {
            head.push(scan.whole(block));
        }
        if (hasWatermark) {
            eventTime = Math.max(eventTime, reader.watermarkAfter());
            advance();
        }
        scan.clear();
        counters.block(reader.endRow(), rows);
        memory.batch();
    }

    /** Whether a row of the block may be at or below the watermark before it. */
    private static boolean reachesRows(Batch block, BlockReader reader) {
        LongColumn times = reader.times();
        if (times.hasNulls()) {
            return true;
        }
        long[] values = times.values();
        long earliest = Long.MAX_VALUE;
        for (int row = 0; row < block.rowCount(); row++) {
            earliest = Math.min(earliest, values[row]);
        }
        return earliest <= reader.watermarkAfter();
    }

    /** @param times null: it is enough to cut where windows end */
    private void pushSlices(Batch block, long[] running, @Nullable LongColumn times) {
        int rows = block.rowCount();
        int from = 0;
        long nextEnd = eventEnds.next(eventTime);
        long before = eventTime;
        for (int row = 0; row < rows; row++) {
            if (times != null && before > eventTime && times.get(row) <= before && !times.isNull(row)) {
                head.push(scan.range(block, from, row));
                from = row;
                eventTime = before;
                nextEnd = eventEnds.next(eventTime);
                advance();
            }
            before = running[row];
            if (before >= nextEnd) {
                head.push(scan.range(block, from, row + 1));
                from = row + 1;
                eventTime = before;
                nextEnd = eventEnds.next(eventTime);
                advance();
            }
        }
        if (from < rows) {
            head.push(scan.range(block, from, rows));
        }
    }

    private void pushLate(Batch block, long[] running, LongColumn times) {
        Selection late = new Selection();
        int count = 0;
        long before = eventTime;
        for (int row = 0; row < block.rowCount(); row++) {
            if (times.get(row) < before && !times.isNull(row)) {
                late.rows()[count++] = row;
            }
            before = running[row];
        }
        if (count > 0) {
            late.count(count);
            head.push(scan.selected(block, late));
        }
    }

    boolean hasWindows() {
        return !windows.isEmpty();
    }

    /** Takes a batch of all columns of the source's relation. */
    public void pushScan(Batch batch) {
        head.push(scan.whole(batch));
        scan.clear();
        counters.block(counters.position() + batch.rowCount(), batch.selectedCount());
        memory.batch();
    }

    /** A batch that is not from a log. */
    public void push(Batch batch) {
        head.push(batch);
        memory.batch();
    }

    /** Moves the append time on to a time before which no further block can be stamped. */
    void advanceRowTime(long time) {
        if (windows.isEmpty() || time <= rowTime) {
            return;
        }
        rowTime = time;
        eventTime = hasWatermark ? eventTime : rowTime;
        advance();
    }

    /** Tells the watermarks at the pipeline's position before any block has been read. */
    public void start(boolean streamHasWatermark, long watermark) {
        hasWatermark = streamHasWatermark;
        eventTime = streamHasWatermark ? watermark : Watermarks.NONE;
    }

    /** The number of the next row of its source. */
    long position() {
        return counters.position();
    }

    /** How far the time has come that closes windows by the stream's watermark. */
    long eventTime() {
        return eventTime;
    }

    /** The same of those that close by the append time. */
    long rowTime() {
        return rowTime;
    }

    /** Writes how far the times have come. */
    void saveTimes(StateWriter out) {
        out.number(eventTime);
        out.number(rowTime);
        out.flag(hasWatermark);
        out.number(counters.position());
    }

    /** Reads what was written, and tells the operators. */
    void restoreTimes(StateReader in) {
        eventTime = in.number();
        rowTime = in.number();
        hasWatermark = in.flag();
        counters.block(in.number(), 0);
        advance();
    }

    private void advance() {
        if (eventTime != current.eventTime() || rowTime != current.rowTime()) {
            current = new Watermarks(eventTime, rowTime);
            head.advance(current);
        }
    }

    /** @param nanos that the step took this pipeline, until now; 0 when it had no input */
    void endStep(long nanos) {
        head.endStep();
        if (nanos > 0) {
            long lateRows = 0;
            for (Window window : windows) {
                lateRows += window.operator().lateRows();
            }
            counters.step(nanos, memory.measure(), lateRows);
        }
    }

    void finish() {
        head.finish();
    }

    boolean isDone() {
        return head.isDone();
    }

    /** The lowest end of an open window that closes by the append time; {@code Long.MAX_VALUE} when there is none. */
    long nextRowTimeEnd() {
        return nextEnd(false);
    }

    /** The lowest end of an open window that closes by the stream's watermark. */
    long nextEventTimeEnd() {
        return nextEnd(true);
    }

    private long nextEnd(boolean byEventTime) {
        long next = Long.MAX_VALUE;
        for (Window window : windows) {
            boolean isEventTime = window.attribute() == TimeAttribute.EVENT_TIME && hasWatermark;
            if (isEventTime == byEventTime && window.attribute() != TimeAttribute.NONE) {
                next = Math.min(next, window.operator().nextWindowEnd());
            }
        }
        return next;
    }

    @Override
    public void close() {
        head.close();
    }
}
