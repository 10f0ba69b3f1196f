package io.millrace.executor.circuit;

import io.millrace.error.ErrorCode;
import io.millrace.error.MillraceException;
import io.millrace.executor.log.LogEnd;
import io.millrace.executor.log.LogReader;
import io.millrace.executor.log.LogStart;
import io.millrace.executor.time.Watermarks;
import io.millrace.executor.time.WindowEnds;
import io.millrace.plan.PlanNode;
import io.millrace.plan.TimeAttribute;
import io.millrace.plan.WindowAggregate;
import io.millrace.plan.WindowAssign;
import io.millrace.plan.WindowSpec;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
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
    /** What holds at a place in a log, before its next block. */
    private record Place(long lsn, long row, long watermark, long eventTime, long rowTime) {}

    /** All there is, from the oldest row that is kept on. */
    public static ContinuousStart beginning(OpenStream stream) {
        LogStart start = stream.log().start();
        return new ContinuousStart(start.lsn(), start.row(), Watermarks.NONE, Watermarks.NONE, Watermarks.NONE);
    }

    /**
     * A tail of rows begins at the end of the log. A query with windows reads back to the first block that may hold rows
     * of a window that is open now, so that the first window it gives is complete.
     */
    public static ContinuousStart now(PlanNode root, OpenStream stream, long now) {
        LogEnd end = stream.log().tick(now);
        long eventTime = hasWatermark(stream) ? Math.max(end.watermark(), stream.idleWatermark(now)) : end.time();
        return of(new Place(end.nextLsn(), end.rowCount(), end.watermark(), eventTime, end.time()), root, stream);
    }

    /**
     * As if the query had begun at a time: with the first row that was appended then or later.
     *
     * @throws MillraceException HISTORY_TRIMMED when rows of that time are not kept any more
     */
    public static ContinuousStart since(long time, PlanNode root, OpenStream stream, long now) {
        LogStart start = stream.log().start();
        if (start.isTrimmed() && time < start.time()) {
            throw new MillraceException(
                            ErrorCode.HISTORY_TRIMMED,
                            "stream \"" + stream.definition().name() + "\" does not go back to "
                                    + Instant.EPOCH.plus(time, ChronoUnit.MICROS) + ": it is kept since "
                                    + Instant.EPOCH.plus(start.time(), ChronoUnit.MICROS))
                    .withHint("Begin there, or with SINCE BEGINNING.");
        }
        return time > now ? now(root, stream, now) : at(firstAppended(stream, time), time, root, stream, now);
    }

    /** The first block that is not older than a time: the log knows it but roughly. */
    private static long firstAppended(OpenStream stream, long time) {
        long end = stream.log().end().nextLsn();
        try (LogReader reader = stream.log().reader(stream.log().firstBlockSince(time, true))) {
            while (reader.next(end)) {
                if (reader.appendTime() >= time) {
                    return reader.lsn();
                }
            }
        }
        return end;
    }

    /**
     * As if the query had begun before a block came.
     *
     * @param time at which it would have begun
     */
    public static ContinuousStart at(long lsn, long time, PlanNode root, OpenStream stream, long now) {
        LogEnd end = stream.log().tick(Math.min(time, now));
        Place place = place(end.nextLsn(), end.rowCount(), end.watermark(), Math.min(time, end.time()), stream);
        if (lsn < end.nextLsn()) {
            try (LogReader reader = stream.log().reader(lsn)) {
                if (reader.next(end.nextLsn())) {
                    long until = Math.min(time, reader.appendTime()); // a block may be older than a step without it
                    place = place(lsn, reader.firstRow(), reader.watermarkBefore(), until, stream);
                }
            }
        }
        return of(place, root, stream);
    }

    /** As if the query began after a step of another, which has read all before a block, and whose windows are those that are open. */
    static ContinuousStart after(Pipeline pipeline, long lsn, PlanNode root, OpenStream stream) {
        return of(
                new Place(lsn, pipeline.position(), pipeline.eventTime(), pipeline.eventTime(), pipeline.rowTime()),
                root,
                stream);
    }

    /** The same, from another block on. */
    ContinuousStart movedTo(long block, long firstRow, long watermarkBefore) {
        return new ContinuousStart(block, firstRow, watermarkBefore, closedByEventTime, closedByRowTime);
    }

    private static Place place(long lsn, long row, long watermark, long time, OpenStream stream) {
        return new Place(lsn, row, watermark, hasWatermark(stream) ? watermark : time, time);
    }

    private static boolean hasWatermark(OpenStream stream) {
        return stream.definition().watermark() != null;
    }

    private static ContinuousStart of(Place place, PlanNode root, OpenStream stream) {
        long lsn = place.lsn();
        for (Closing node : closing(root)) {
            boolean byAppendTime = node.by() == TimeAttribute.ROW_TIME || !hasWatermark(stream);
            long closed = byAppendTime ? place.rowTime() : place.eventTime();
            if (closed == Watermarks.NONE || node.window().isSession()) {
                lsn = Math.min(lsn, stream.log().start().lsn()); // a session may have begun with the first row
            } else {
                long firstOpen = WindowEnds.firstOpenStart(node.window(), closed);
                lsn = Math.min(lsn, stream.log().firstBlockSince(firstOpen, byAppendTime));
            }
        }
        long watermark = place.watermark();
        long row = place.row();
        if (lsn < place.lsn()) {
            try (LogReader reader = stream.log().reader(lsn)) {
                if (reader.next(place.lsn())) {
                    watermark = reader.watermarkBefore();
                    row = reader.firstRow();
                }
            }
        }
        return new ContinuousStart(lsn, row, watermark, place.eventTime(), place.rowTime());
    }

    /** Which windows of a plan a query that begins now leaves out, if it reads all there is; null: none. */
    public static @Nullable ContinuousStart ofWindows(PlanNode root, OpenStream stream, long now) {
        return closing(root).isEmpty() ? null : now(root, stream, now);
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
