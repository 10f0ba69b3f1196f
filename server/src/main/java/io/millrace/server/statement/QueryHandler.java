package io.millrace.server.statement;

import io.millrace.error.ErrorCode;
import io.millrace.error.MillraceException;
import io.millrace.executor.QueryOptions;
import io.millrace.executor.StreamEngine;
import io.millrace.executor.circuit.ReadPosition;
import io.millrace.executor.view.ResultCursor;
import io.millrace.plan.OutputColumn;
import io.millrace.plan.PlanNode;
import io.millrace.plan.StreamScan;
import io.millrace.plan.TableScan;
import io.millrace.planner.ParameterBinder;
import io.millrace.planner.StatementPlan;
import io.millrace.server.catalog.CatalogStore;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** SELECT. */
final class QueryHandler implements StatementHandler<StatementPlan.Query> {
    private final StreamEngine engine;
    private final CatalogStore catalog;
    private final long boundedTimeoutMillis;
    private final PollCache polls;

    QueryHandler(StreamEngine engine, CatalogStore catalog, long boundedTimeoutMillis, PollCache polls) {
        this.engine = engine;
        this.catalog = catalog;
        this.boundedTimeoutMillis = boundedTimeoutMillis;
        this.polls = polls;
    }

    @Override
    public List<OutputColumn> output(StatementPlan.Query plan) {
        return plan.output();
    }

    @Override
    public StatementResult execute(StatementRequest<StatementPlan.Query> request) {
        List<? extends @Nullable Object> parameters = request.parameters().isEmpty()
                ? List.of()
                : request.parameters().get(0);
        StatementPlan.Query plan = (StatementPlan.Query) ParameterBinder.bind(request.plan(), parameters);
        refuseDamaged(plan.root());
        long timeoutMillis = request.options().timeoutMillis();
        if (timeoutMillis == 0 && !plan.continuous()) {
            timeoutMillis = boundedTimeoutMillis;
        }
        QueryOptions options = new QueryOptions(
                        request.sql(),
                        request.session().client(),
                        request.options().maxRows(),
                        TimeUnit.MILLISECONDS.toNanos(timeoutMillis))
                .resuming(request.options().resume());
        if (plan.continuous()) {
            return new StatementResult.Rows(run(plan, options));
        }
        if (options.resume() != null) {
            throw new MillraceException(
                    ErrorCode.INVALID_STATEMENT, "the result cannot go on: the query ends by itself");
        }
        ReadPosition pinned = request.session().transaction().position(engine::pin);
        ReadPosition position = pinned == null ? engine.positionNow(plan.root()) : pinned;
        QueryOptions at = options.at(position);
        if (position == null || StreamEngine.isSmall(plan.root())) {
            return new StatementResult.Rows(run(plan, at));
        }
        return new StatementResult.Rows(
                polls.result(request.plan(), parameters, options.maxRows(), position, () -> run(plan, at)));
    }

    private ResultCursor run(StatementPlan.Query plan, QueryOptions options) {
        return engine.execute(plan.root(), plan.output(), plan.continuous(), plan.start(), options);
    }

    private void refuseDamaged(PlanNode node) {
        if (node instanceof StreamScan scan) {
            refuseDamaged(scan.streamId());
        } else if (node instanceof TableScan scan) {
            refuseDamaged(scan.tableId());
        }
        node.inputs().forEach(this::refuseDamaged);
    }

    private void refuseDamaged(long id) {
        MillraceException failure = catalog.failure(id);
        if (failure != null) {
            throw failure;
        }
    }
}
