package io.millrace.executor.dataflow;

import io.millrace.plan.PlanNode;
import org.jspecify.annotations.Nullable;

/**
 * Somebody outside, who has all changes of a query up to a position, and will ask for those after it, also after a restart.
 *
 * @param name for people
 * @param position {@link #UNKNOWN} while that is not known: then nothing is let go
 * @param root of the query; null while that is not known
 * @param viewId of the materialized view that the query is; -1 when it is something else
 */
public record HistoryNeed(
        String name, long position, @Nullable PlanNode root, long viewId) {
    public static final long UNKNOWN = -1;
}
