package io.millrace.executor.dataflow;

import io.millrace.executor.circuit.ContinuousStart;
import io.millrace.plan.StandingQuery;
import org.jspecify.annotations.Nullable;

/**
 * A query to be kept up to date.
 *
 * @param id unique among streams, tables and views; negative for what only a subscription reads
 * @param keepsRows whether its rows can be read; else only its changes
 * @param fromNow whether it takes only what comes from now on
 * @param start which windows it leaves out; null: none
 */
public record ViewPlan(
        long id,
        String name,
        StandingQuery query,
        boolean keepsRows,
        boolean fromNow,
        @Nullable ContinuousStart start) {
    /** A view that people read. */
    public ViewPlan(long id, String name, StandingQuery query) {
        this(id, name, query, true, false, null);
    }
}
