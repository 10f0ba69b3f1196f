package io.millrace.executor.circuit;

import io.millrace.executor.log.LogEnd;
import io.millrace.executor.log.LogReader;
import io.millrace.executor.time.Watermarks;
import io.millrace.executor.time.WindowEnds;
import io.millrace.plan.PlanNode;
import io.millrace.plan.StartPosition;
import io.millrace.plan.TimeAttribute;
import io.millrace.plan.WindowAggregate;
import io.millrace.plan.WindowAssign;
import io.millrace.plan.WindowSpec;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where a continuous query begins to read, and which windows it leaves out.
 *
 * @param lsn of the first block
 * @param rowNumber of its first row
 * @param watermark of the stream before it
 * @param closedByEventTime windows that end at or below this had closed by the stream's watermark before the query began
 * @param closedByRowTime the same by the append time
 */
public record ContinuousStart(long lsn, long rowNumber, long watermark, long closedByEventTime, long closedByRowTime) {
    /** All there is, from the oldest row on. */
    public static final ContinuousStart BEGINNING =
            new ContinuousStart(0, 0, Watermarks.NONE, Watermarks.NONE, Watermarks.NONE);

    /**
     * A tail of rows begins at the end of the log. A query with windows reads back to the first block that may hold rows
     * of a window that is open now, so that the first window it gives is complete.
     */
    public static ContinuousStart of(StartPosition position, PlanNode root, OpenStream stream, long now) {
        if (position == StartPosition.BEGINNING) {
            return BEGINNING;
        }
        LogEnd end = stream.log().tick(now);
        boolean hasWatermark = stream.definition().watermark() != null;
        long eventTime = hasWatermark ? Math.max(end.watermark(), stream.idleWatermark(now)) : end.time();
        long lsn = end.nextLsn();
        for (Closing node : closing(root)) {
            boolean byAppendTime = node.by() == TimeAttribute.ROW_TIME || !hasWatermark;
            long closed = byAppendTime ? end.time() : eventTime;
            if (closed == Watermarks.NONE || node.window().isSession()) {
                lsn = 0; // a session may have begun with the first row
            } else {
                long firstOpen = WindowEnds.firstOpenStart(node.window(), closed);
                lsn = Math.min(lsn, stream.log().firstBlockSince(firstOpen, byAppendTime));
            }
        }
        long watermark = end.watermark();
        long row = end.rowCount();
        if (lsn < end.nextLsn()) {
            try (LogReader reader = stream.log().reader(lsn)) {
                if (reader.next(end.nextLsn())) {
                    watermark = reader.watermarkBefore();
                    row = reader.firstRow();
                }
            }
        }
        return new ContinuousStart(lsn, row, watermark, eventTime, end.time());
    }

    /** Which windows of a plan a query that begins now leaves out, if it reads all there is; null: none. */
    public static @Nullable ContinuousStart ofWindows(PlanNode root, OpenStream stream, long now) {
        return closing(root).isEmpty() ? null : of(StartPosition.NOW, root, stream, now);
    }

    long closedBy(TimeAttribute attribute) {
        return attribute == TimeAttribute.EVENT_TIME ? closedByEventTime : closedByRowTime;
    }

    /** Windows that give something when, or until, they close. */
    private record Closing(WindowSpec window, TimeAttribute by) {}

    private static List<Closing> closing(PlanNode root) {
        List<Closing> found = new ArrayList<>();
        if (root instanceof WindowAggregate node) {
            found.add(new Closing(node.window(), node.timeAttribute()));
        }
        if (root instanceof WindowAssign node && node.window().isSession()) {
            found.add(new Closing(node.window(), node.closedBy()));
        }
        root.inputs().forEach(input -> found.addAll(closing(input)));
        return found;
    }
}
