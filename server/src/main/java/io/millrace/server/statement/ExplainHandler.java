package io.millrace.server.statement;

import io.millrace.plan.OutputColumn;
import io.millrace.planner.StatementPlan;
import java.util.List;

/** EXPLAIN: one row per line of the plan. */
final class ExplainHandler implements StatementHandler<StatementPlan.Explain> {
    private static final List<OutputColumn> COLUMNS = List.of(new OutputColumn("plan", RowsResult.TEXT));

    @Override
    public List<OutputColumn> output(StatementPlan.Explain plan) {
        return COLUMNS;
    }

    @Override
    public StatementResult execute(StatementRequest<StatementPlan.Explain> request) {
        RowsResult result = new RowsResult(COLUMNS);
        request.plan().text().lines().forEach(result::add);
        return result.build();
    }
}
