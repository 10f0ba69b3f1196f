package io.millrace.server.statement;

import io.millrace.catalog.StreamDefinition;
import io.millrace.error.ErrorCode;
import io.millrace.error.MillraceException;
import io.millrace.executor.StreamEngine;
import io.millrace.executor.column.Column;
import io.millrace.executor.function.InsertEvaluator;
import io.millrace.executor.log.AppendResult;
import io.millrace.executor.state.QueryMemory;
import io.millrace.executor.time.EngineClock;
import io.millrace.executor.work.QueryScope;
import io.millrace.plan.Field;
import io.millrace.planner.StatementPlan;
import io.millrace.server.catalog.CatalogStore;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/** INSERT INTO … VALUES: all rows of all parameter rows are one append, acknowledged when it is on disk. */
final class InsertHandler implements StatementHandler<StatementPlan.Insert> {
    /** All rows of an INSERT are in memory at once, and one append. */
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
        StreamDefinition stream = plan.stream();
        MillraceException failure = catalog.failure(stream.id());
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
                    "Split it into several",
                    null,
                    null);
        }
        try (QueryMemory memory = engine.openMemory();
                QueryScope scope = QueryScope.enter(() -> false, memory)) {
            List<Column> columns = evaluator(plan).evaluate(parameters);
            await(
                    engine.append(
                            stream.id(), columns, (int) rows, request.options().producer()),
                    stream);
        }
        return new StatementResult.Update(rows);
    }

    private InsertEvaluator evaluator(StatementPlan.Insert plan) {
        List<Field> fields = plan.stream().columns().stream()
                .map(column -> new Field(column.name(), column.type()))
                .toList();
        long now = clock.epochMicros();
        return new InsertEvaluator(fields, plan.columns(), plan.rows(), plan.parameters(), () -> now);
    }

    private static void await(CompletableFuture<AppendResult> append, StreamDefinition stream) {
        try {
            append.join();
        } catch (CompletionException failure) {
            throw failure.getCause() instanceof MillraceException cause
                    ? cause
                    : new MillraceException(
                            ErrorCode.IO_ERROR, "stream \"" + stream.name() + "\" could not be written", failure);
        }
    }
}
