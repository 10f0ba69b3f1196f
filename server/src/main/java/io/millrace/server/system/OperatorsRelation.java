package io.millrace.server.system;

import io.millrace.catalog.SystemTable;
import io.millrace.executor.QueryStatus;
import io.millrace.executor.StreamEngine;
import io.millrace.executor.metrics.OperatorMetrics;
import java.util.List;

/** {@code sys.operators}: what each operator of each running query has done. */
final class OperatorsRelation implements SystemRelation {
    private static final SystemTable DEFINITION = new SystemTable(
            "operators",
            List.of(
                    SystemRelation.number("query_id"),
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
            List<OperatorMetrics> operators = query.metrics().operators();
            for (int i = 0; i < operators.size(); i++) {
                OperatorMetrics operator = operators.get(i);
                rows.add(
                        query.id(),
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
}
