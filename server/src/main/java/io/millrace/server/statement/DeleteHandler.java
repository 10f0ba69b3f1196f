package io.millrace.server.statement;

import io.millrace.executor.table.TableStatement;
import io.millrace.planner.StatementPlan;

/** DELETE. */
final class DeleteHandler implements StatementHandler<StatementPlan.Delete> {
    private final ChangeQueries queries;

    DeleteHandler(ChangeQueries queries) {
        this.queries = queries;
    }

    @Override
    public StatementResult execute(StatementRequest<StatementPlan.Delete> request) {
        StatementPlan.Delete plan = request.plan();
        return queries.change(
                plan.table().id(),
                TableStatement.Kind.DELETE,
                queries.bind(request, bound -> ((StatementPlan.Delete) bound).source()),
                (query, before) -> query.delete(plan.table(), before),
                plan.source().root(),
                request.options().producer());
    }
}
