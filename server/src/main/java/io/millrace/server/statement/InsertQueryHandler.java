package io.millrace.server.statement;

import io.millrace.catalog.StoredRelation;
import io.millrace.catalog.TableDefinition;
import io.millrace.error.ErrorCode;
import io.millrace.error.MillraceException;
import io.millrace.executor.ChangeQuery;
import io.millrace.executor.StreamEngine;
import io.millrace.executor.log.ProducerSequence;
import io.millrace.executor.table.TableStatement;
import io.millrace.planner.StatementPlan;
import java.util.ArrayList;
import java.util.List;

/** INSERT INTO … SELECT: all that the query gives is one change of a table, or one append to a stream. */
final class InsertQueryHandler implements StatementHandler<StatementPlan.InsertQuery> {
    private final StreamEngine engine;
    private final ChangeQueries queries;

    InsertQueryHandler(StreamEngine engine, ChangeQueries queries) {
        this.engine = engine;
        this.queries = queries;
    }

    @Override
    public StatementResult execute(StatementRequest<StatementPlan.InsertQuery> request) {
        StatementPlan.InsertQuery plan = request.plan();
        List<ChangeQuery> bound = queries.bind(request, each -> ((StatementPlan.InsertQuery) each).source());
        ProducerSequence producer = request.options().producer();
        if (plan.target() instanceof TableDefinition table) {
            return queries.change(
                    table.id(),
                    TableStatement.Kind.INSERT,
                    bound,
                    (query, before) -> query.insert(table, plan.columns(), before),
                    plan.source().root(),
                    producer);
        }
        return append(plan, bound, producer);
    }

    private StatementResult append(
            StatementPlan.InsertQuery plan,
            List<ChangeQuery> bound,
            @org.jspecify.annotations.Nullable ProducerSequence producer) {
        StoredRelation stream = plan.target();
        queries.refuseDamaged(stream.id());
        queries.collectReads(plan.source().root(), new ArrayList<>());
        if (bound.size() > 1) {
            throw new MillraceException(
                            ErrorCode.NOT_SUPPORTED, "a batch of INSERT … SELECT into a stream is not supported")
                    .withHint("Execute them one by one.");
        }
        ChangeQuery.NewRows rows = bound.get(0).rows(stream, plan.columns());
        Appends.await(engine.append(stream.id(), rows.columns(), rows.count(), producer), stream);
        return new StatementResult.Update(rows.count());
    }
}
