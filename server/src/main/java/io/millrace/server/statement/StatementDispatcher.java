package io.millrace.server.statement;

import static java.util.Map.entry;

import io.millrace.error.ErrorCode;
import io.millrace.error.MillraceException;
import io.millrace.executor.StreamEngine;
import io.millrace.executor.time.EngineClock;
import io.millrace.planner.StatementPlan;
import io.millrace.server.catalog.CatalogStore;
import io.millrace.server.catalog.PlanCache;
import io.millrace.server.connector.Sinks;
import io.millrace.server.connector.Sources;
import io.millrace.server.session.Session;
import io.millrace.server.system.SystemSchema;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Takes SQL to the planner and hands the plan to the handler of its kind. */
public final class StatementDispatcher implements StatementExecutor {
    private final PlanCache plans;
    private final EngineClock clock;
    private final StatementObserver observer;
    private final CatalogStore catalog;
    private final Map<Class<? extends StatementPlan>, StatementHandler<? extends StatementPlan>> handlers;

    public StatementDispatcher(
            PlanCache plans,
            StreamEngine engine,
            CatalogStore catalog,
            Sources sources,
            Sinks sinks,
            SystemSchema system,
            EngineClock clock,
            StatementSettings settings,
            StatementObserver observer) {
        this.plans = plans;
        this.clock = clock;
        this.observer = observer.and(new SlowStatements(settings));
        this.catalog = catalog;
        long timeout = settings.boundedTimeout().toMillis();
        ChangeQueries changes = new ChangeQueries(engine, catalog, timeout);
        handlers = Map.ofEntries(
                entry(StatementPlan.InsertQuery.class, new InsertQueryHandler(engine, changes)),
                entry(StatementPlan.Update.class, new UpdateHandler(changes)),
                entry(StatementPlan.Delete.class, new DeleteHandler(changes)),
                entry(
                        StatementPlan.Query.class,
                        new QueryHandler(
                                engine,
                                catalog,
                                timeout,
                                new PollCache(settings.resultCache().bytes()))),
                entry(StatementPlan.Subscribe.class, new SubscribeHandler(engine)),
                entry(StatementPlan.Insert.class, new InsertHandler(engine, catalog, clock)),
                entry(StatementPlan.CreateStream.class, new CreateStreamHandler(catalog, sources)),
                entry(StatementPlan.CreateSink.class, new CreateSinkHandler(catalog, sinks)),
                entry(StatementPlan.CreateView.class, new CreateViewHandler(catalog)),
                entry(StatementPlan.AlterStream.class, new AlterStreamHandler(catalog)),
                entry(StatementPlan.Drop.class, new DropHandler(catalog, sources, sinks)),
                entry(StatementPlan.CreateTable.class, new CreateTableHandler(catalog)),
                entry(StatementPlan.Show.class, new ShowHandler(system)),
                entry(StatementPlan.Describe.class, new DescribeHandler()),
                entry(StatementPlan.Explain.class, new ExplainHandler(engine)),
                entry(StatementPlan.KillQuery.class, new KillQueryHandler(engine)),
                entry(StatementPlan.Flush.class, new FlushHandler(engine, sinks, timeout)));
    }

    @Override
    public PreparedSql prepare(Session session, String sql) {
        ObservedStatement observed = observe(session, sql);
        try {
            StatementPlan plan = plan(sql);
            return new PreparedSql(
                    sql, kind(plan), plan.parameters(), handler(plan).output(plan));
        } catch (RuntimeException | Error refused) {
            observed.failed(0, refused);
            throw refused;
        }
    }

    @Override
    public StatementResult execute(
            Session session,
            PreparedSql statement,
            List<? extends List<? extends @Nullable Object>> parameters,
            ExecuteOptions options) {
        ObservedStatement observed = observe(session, statement.sql());
        try {
            StatementPlan plan = plan(statement.sql());
            observed.planned(plan);
            check(plan, parameters);
            StatementResult result =
                    handler(plan).execute(new StatementRequest<>(session, statement.sql(), plan, parameters, options));
            return observed(result, observed);
        } catch (RuntimeException | Error failure) {
            observed.failed(0, failure);
            throw failure;
        }
    }

    @Override
    public boolean isSmall(PreparedSql statement) {
        StatementPlan known = plans.planIfKnown(statement.sql(), catalog.current());
        return known instanceof StatementPlan.Query query && !query.continuous() && StreamEngine.isSmall(query.root());
    }

    private ObservedStatement observe(Session session, String sql) {
        return new ObservedStatement(observer, clock, sql, session.client());
    }

    /** A query ends when its rows have been fetched, anything else has ended now. */
    private static StatementResult observed(StatementResult result, ObservedStatement observed) {
        if (result instanceof StatementResult.Rows rows) {
            return new StatementResult.Rows(new ObservedCursor(rows.cursor(), observed));
        }
        observed.ended(((StatementResult.Update) result).count());
        return result;
    }

    private static void check(StatementPlan plan, List<? extends List<? extends @Nullable Object>> parameters) {
        int expected = plan.parameters().size();
        for (List<?> row : parameters) {
            if (row.size() != expected) {
                throw new MillraceException(
                        ErrorCode.INVALID_PARAMETER,
                        "the statement has " + expected + " parameters, but " + row.size() + " are bound");
            }
        }
        if (kind(plan) != PreparedSql.Kind.UPDATE && parameters.size() > 1) {
            throw new MillraceException(
                    ErrorCode.INVALID_STATEMENT, "only INSERT, UPDATE and DELETE can be executed as a batch");
        }
    }

    private StatementPlan plan(String sql) {
        return plans.plan(sql, catalog.current());
    }

    /** The map pairs each class of plan with a handler for just that class. */
    @SuppressWarnings("unchecked")
    private StatementHandler<StatementPlan> handler(StatementPlan plan) {
        StatementHandler<? extends StatementPlan> handler = handlers.get(plan.getClass());
        if (handler == null) {
            throw MillraceException.internal("no handler for " + plan.getClass().getSimpleName());
        }
        return (StatementHandler<StatementPlan>) handler;
    }

    private static PreparedSql.Kind kind(StatementPlan plan) {
        boolean changes = plan instanceof StatementPlan.Insert
                || plan instanceof StatementPlan.InsertQuery
                || plan instanceof StatementPlan.Update
                || plan instanceof StatementPlan.Delete;
        if (changes) {
            return PreparedSql.Kind.UPDATE;
        }
        boolean rows = plan instanceof StatementPlan.Query
                || plan instanceof StatementPlan.Subscribe
                || plan instanceof StatementPlan.Show
                || plan instanceof StatementPlan.Describe
                || plan instanceof StatementPlan.Explain;
        return rows ? PreparedSql.Kind.QUERY : PreparedSql.Kind.COMMAND;
    }
}
