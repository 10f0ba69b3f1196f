package io.millrace.server.statement;

import io.millrace.executor.table.TableStatement;
import io.millrace.planner.StatementPlan;

/** UPDATE. */
final class UpdateHandler implements StatementHandler<StatementPlan.Update> {
    private final ChangeQueries queries;

    UpdateHandler(ChangeQueries queries) {
        this.queries = queries;
    }

    @Override
    public StatementResult execute(StatementRequest<StatementPlan.Update> request) {
        StatementPlan.Update plan = request.plan();
        return queries.change(
                plan.table().id(),
                TableStatement.Kind.UPDATE,
                queries.bind(request, bound -> ((StatementPlan.Update) bound).source()),
                (query, before) -> query.update(plan.table(), plan.columns(), before),
                plan.source().root(),
                request.options().producer());
    }
}
