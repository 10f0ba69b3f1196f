package io.millrace.server.statement;

import io.millrace.executor.QueryOptions;
import io.millrace.executor.StreamEngine;
import io.millrace.plan.OutputColumn;
import io.millrace.plan.SubscriptionSpec;
import io.millrace.planner.ParameterBinder;
import io.millrace.planner.StatementPlan;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** SUBSCRIBE, and SELECT … EMIT CHANGES. */
final class SubscribeHandler implements StatementHandler<StatementPlan.Subscribe> {
    private final StreamEngine engine;

    SubscribeHandler(StreamEngine engine) {
        this.engine = engine;
    }

    @Override
    public List<OutputColumn> output(StatementPlan.Subscribe plan) {
        return plan.spec().output(plan.source().output());
    }

    @Override
    public StatementResult execute(StatementRequest<StatementPlan.Subscribe> request) {
        List<? extends @Nullable Object> parameters = request.parameters().isEmpty()
                ? List.of()
                : request.parameters().get(0);
        StatementPlan.Subscribe plan = (StatementPlan.Subscribe) ParameterBinder.bind(request.plan(), parameters);
        long asked = request.options().maxRows();
        long maxRows = plan.limit() == 0 || (asked > 0 && asked < plan.limit()) ? asked : plan.limit();
        QueryOptions options = new QueryOptions(
                        request.sql(),
                        request.session().client(),
                        maxRows,
                        TimeUnit.MILLISECONDS.toNanos(request.options().timeoutMillis()))
                .resuming(request.options().resume());
        SubscriptionSpec spec = plan.spec();
        return new StatementResult.Rows(
                engine.subscribe(plan.query(), new ArrayList<>(plan.source().output()), spec, plan.viewId(), options));
    }
}
