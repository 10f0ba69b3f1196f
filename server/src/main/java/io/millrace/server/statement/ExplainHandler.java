package io.millrace.server.statement;

import io.millrace.executor.StreamEngine;
import io.millrace.executor.dataflow.ViewStatus;
import io.millrace.executor.metrics.OperatorMetrics;
import io.millrace.executor.metrics.QueryMetrics;
import io.millrace.plan.OutputColumn;
import io.millrace.planner.StatementPlan;
import java.util.List;
import java.util.Locale;

/** EXPLAIN: one row per line of the plan; with ANALYZE also one per operator, with what it has done. */
final class ExplainHandler implements StatementHandler<StatementPlan.Explain> {
    private static final List<OutputColumn> COLUMNS = List.of(new OutputColumn("plan", RowsResult.TEXT));

    private final StreamEngine engine;

    ExplainHandler(StreamEngine engine) {
        this.engine = engine;
    }

    @Override
    public List<OutputColumn> output(StatementPlan.Explain plan) {
        return COLUMNS;
    }

    @Override
    public StatementResult execute(StatementRequest<StatementPlan.Explain> request) {
        RowsResult result = new RowsResult(COLUMNS);
        request.plan().text().lines().forEach(result::add);
        ViewStatus status = request.plan().analyzedView() < 0
                ? null
                : engine.views().status(request.plan().analyzedView());
        if (status != null) {
            analyze(status, result);
        }
        return result.build();
    }

    private static void analyze(ViewStatus status, RowsResult result) {
        QueryMetrics metrics = status.metrics();
        if (metrics == null) {
            result.add(status.state());
            return;
        }
        result.add(String.format(
                Locale.ROOT,
                "%s; rows: %d, rows in: %d, late rows: %d, state: %d bytes, steps: %d, longest step: %.3f ms",
                status.isReady() ? "ready" : status.state(),
                status.rows(),
                metrics.rowsIn(),
                metrics.lateRows(),
                metrics.stateBytes(),
                metrics.steps(),
                metrics.longestStepNanos() / 1e6));
        for (OperatorMetrics operator : metrics.operators()) {
            result.add(String.format(
                    Locale.ROOT,
                    "  %s: rows in: %d, rows out: %d, time: %.3f ms, per row: %d ns, state: %d bytes",
                    operator.operator(),
                    operator.rowsIn(),
                    operator.rowsOut(),
                    operator.busyNanos() / 1e6,
                    operator.rowsIn() == 0 ? 0 : operator.busyNanos() / operator.rowsIn(),
                    operator.stateBytes()));
        }
    }
}
