package io.millrace.executor.dataflow;

import io.millrace.error.ErrorCode;
import io.millrace.error.MillraceException;
import io.millrace.executor.circuit.PinnedStream;
import io.millrace.executor.log.LogStart;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Whether a view can be computed from the logs, as it was: a stream that has been trimmed since the view was made does not have the
 * rows any more that it has taken. The start of a log so remembers the highest number that a view had when it was trimmed.
 */
final class Refilling {
    private Refilling() {}

    /** Whether a view of that number was there when a log was trimmed. */
    static boolean isTrimmedSince(long viewId, LogStart start) {
        return start.isTrimmed() && viewId <= start.note();
    }

    /** Why a view cannot be computed from the logs of a cut; null when it can. */
    static @Nullable MillraceException refusal(ViewPlan plan, Map<Long, PinnedStream> streams) {
        if (!plan.keepsRows()) {
            return null; // begins with what there is
        }
        for (long id : Feed.logsOf(plan.query().root())) {
            PinnedStream stream = streams.get(id);
            if (stream != null
                    && isTrimmedSince(plan.id(), stream.stream().log().start())) {
                return new MillraceException(
                        ErrorCode.HISTORY_TRIMMED,
                        "no checkpoint has its rows, and stream \""
                                + stream.stream().definition().name()
                                + "\" has been trimmed since it was created");
            }
        }
        return null;
    }

    /** As {@link #refusal}, of what is computed once more as it was at a position. */
    static @Nullable MillraceException refusalAt(ViewPlan plan, Map<Long, PinnedStream> streams) {
        if (plan.keepsRows() || plan.fromNow()) {
            return refusal(plan, streams);
        }
        for (long id : Feed.logsOf(plan.query().root())) {
            PinnedStream stream = streams.get(id);
            if (stream != null && stream.stream().log().start().isTrimmed()) { // who knows when it began
                return new MillraceException(
                                ErrorCode.HISTORY_TRIMMED,
                                "what the query had taken of stream \""
                                        + stream.stream().definition().name() + "\" has been trimmed")
                        .withHint("Make it a materialized view, whose rows are kept, and follow that.");
            }
        }
        return null;
    }
}
