package io.millrace.server.statement;

import io.millrace.catalog.StoredRelation;
import io.millrace.catalog.TableDefinition;
import io.millrace.error.ErrorCode;
import io.millrace.error.MillraceException;
import io.millrace.executor.StreamEngine;
import io.millrace.executor.column.Column;
import io.millrace.executor.function.InsertEvaluator;
import io.millrace.executor.log.ProducerSequence;
import io.millrace.executor.state.QueryMemory;
import io.millrace.executor.table.TableChange;
import io.millrace.executor.table.TableStatement;
import io.millrace.executor.time.EngineClock;
import io.millrace.executor.work.QueryScope;
import io.millrace.plan.Field;
import io.millrace.planner.StatementPlan;
import io.millrace.server.catalog.CatalogStore;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** INSERT INTO … VALUES: all rows of all parameter rows are one change, acknowledged when it is on disk. */
final class InsertHandler implements StatementHandler<StatementPlan.Insert> {
    /** All rows of an INSERT are in memory at once, and one change. */
    private static final int MAX_ROWS = 1_000_000;

    private final StreamEngine engine;
    private final CatalogStore catalog;
    private final EngineClock clock;

    InsertHandler(StreamEngine engine, CatalogStore catalog, EngineClock clock) {
        this.engine = engine;
        this.catalog = catalog;
        this.clock = clock;
    }

    @Override
    public StatementResult execute(StatementRequest<StatementPlan.Insert> request) {
        StatementPlan.Insert plan = request.plan();
        StoredRelation target = plan.target();
        MillraceException failure = catalog.failure(target.id());
        if (failure != null) {
            throw failure;
        }
        List<? extends List<? extends @Nullable Object>> parameters =
                request.parameters().isEmpty() ? List.of(List.of()) : request.parameters();
        long rows = (long) plan.rows().size() * parameters.size();
        if (rows > MAX_ROWS) {
            throw new MillraceException(
                    ErrorCode.LIMIT_EXCEEDED,
                    "an INSERT of " + rows + " rows is larger than the limit of " + MAX_ROWS,
                    "Split it into several.",
                    null,
                    null);
        }
        try (QueryMemory memory = engine.openMemory();
                QueryScope scope = QueryScope.enter(() -> false, memory)) {
            append(request, evaluator(plan).evaluate(parameters), (int) rows);
        }
        return new StatementResult.Update(
                Collections.nCopies(parameters.size(), (long) plan.rows().size()));
    }

    private void append(StatementRequest<StatementPlan.Insert> request, List<Column> columns, int rows) {
        StoredRelation target = request.plan().target();
        ProducerSequence producer = request.options().producer();
        if (target instanceof TableDefinition) {
            TableChange change = TableChange.insert(columns, rows);
            TableStatement statement = new TableStatement(TableStatement.Kind.INSERT, before -> change);
            engine.tables().change(target.id(), statement, List.of(), producer);
        } else {
            Appends.await(engine.append(target.id(), columns, rows, producer), target);
        }
    }

    private InsertEvaluator evaluator(StatementPlan.Insert plan) {
        List<Field> fields = plan.target().columns().stream()
                .map(column -> new Field(column.name(), column.type()))
                .toList();
        long now = clock.epochMicros();
        return new InsertEvaluator(fields, plan.columns(), plan.rows(), plan.parameters(), () -> now);
    }
}
