package io.millrace.server.system;

import io.millrace.catalog.SystemTable;
import io.millrace.executor.QueryStatus;
import io.millrace.executor.StreamEngine;
import io.millrace.executor.metrics.OperatorMetrics;
import io.millrace.executor.metrics.QueryMetrics;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code sys.operators}: what each operator of each running query, and of each materialized view, has done. */
final class OperatorsRelation implements SystemRelation {
    private static final SystemTable DEFINITION = new SystemTable(
            "operators",
            List.of(
                    SystemRelation.number("query_id"),
                    SystemRelation.number("view_id"),
                    SystemRelation.number("number"),
                    SystemRelation.text("operator"),
                    SystemRelation.number("batches_in"),
                    SystemRelation.number("rows_in"),
                    SystemRelation.number("rows_out"),
                    SystemRelation.number("busy_nanos"),
                    SystemRelation.number("state_bytes")));

    private final StreamEngine engine;

    OperatorsRelation(StreamEngine engine) {
        this.engine = engine;
    }

    @Override
    public SystemTable definition() {
        return DEFINITION;
    }

    @Override
    public void read(SystemRows rows) {
        for (QueryStatus query : engine.queries()) {
            add(query.id(), null, query.metrics().operators(), rows);
        }
        engine.views().statuses().forEach((id, status) -> {
            QueryMetrics metrics = status.metrics();
            if (metrics != null) {
                add(null, id, metrics.operators(), rows);
            }
        });
    }

    private static void add(
            @Nullable Long queryId, @Nullable Long viewId, List<OperatorMetrics> operators, SystemRows rows) {
        for (int i = 0; i < operators.size(); i++) {
            OperatorMetrics operator = operators.get(i);
            rows.add(
                    queryId,
                    viewId,
                    (long) i + 1,
                    operator.operator(),
                    operator.batchesIn(),
                    operator.rowsIn(),
                    operator.rowsOut(),
                    operator.busyNanos(),
                    operator.stateBytes());
        }
    }
}
