package io.millrace.server.system;

import io.millrace.catalog.SystemTable;
import io.millrace.executor.QueryStatus;
import io.millrace.executor.StreamEngine;
import io.millrace.executor.metrics.QueryMetrics;
import java.util.List;

/** {@code sys.queries}: the queries that run, but for the one that reads it. */
final class QueriesRelation implements SystemRelation {
    private static final SystemTable DEFINITION = new SystemTable(
            "queries",
            List.of(
                    SystemRelation.number("id"),
                    SystemRelation.text("kind"),
                    SystemRelation.text("statement"),
                    SystemRelation.text("client"),
                    SystemRelation.time("started"),
                    SystemRelation.number("log_position"),
                    SystemRelation.number("rows_in"),
                    SystemRelation.number("rows_out"),
                    SystemRelation.number("late_rows"),
                    SystemRelation.number("state_bytes"),
                    SystemRelation.number("steps"),
                    SystemRelation.number("busy_nanos"),
                    SystemRelation.number("longest_step_nanos")));

    private final StreamEngine engine;

    QueriesRelation(StreamEngine engine) {
        this.engine = engine;
    }

    @Override
    public SystemTable definition() {
        return DEFINITION;
    }

    @Override
    public void read(SystemRows rows) {
        for (QueryStatus query : engine.queries()) {
            QueryMetrics metrics = query.metrics();
            rows.add(
                    query.id(),
                    query.continuous() ? "continuous" : "bounded",
                    query.sql(),
                    query.client(),
                    SystemRelation.millis(query.started()),
                    metrics.position(),
                    metrics.rowsIn(),
                    metrics.rowsOut(),
                    metrics.lateRows(),
                    metrics.stateBytes(),
                    metrics.steps(),
                    metrics.stepNanos(),
                    metrics.longestStepNanos());
        }
    }
}
