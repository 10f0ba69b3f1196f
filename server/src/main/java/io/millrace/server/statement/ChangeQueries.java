package io.millrace.server.statement;

import io.millrace.error.MillraceException;
import io.millrace.executor.ChangeQuery;
import io.millrace.executor.QueryOptions;
import io.millrace.executor.StreamEngine;
import io.millrace.executor.log.ProducerSequence;
import io.millrace.executor.table.TableChange;
import io.millrace.executor.table.TableStatement;
import io.millrace.executor.table.TableVersion;
import io.millrace.plan.PlanNode;
import io.millrace.plan.StreamScan;
import io.millrace.plan.TableScan;
import io.millrace.planner.ParameterBinder;
import io.millrace.planner.StatementPlan;
import io.millrace.server.catalog.CatalogStore;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What the handlers of statements have in common whose changes a query computes. */
final class ChangeQueries {
    private final StreamEngine engine;
    private final CatalogStore catalog;
    private final long timeoutMillis;

    /** @param timeoutMillis of statements that do not say */
    ChangeQueries(StreamEngine engine, CatalogStore catalog, long timeoutMillis) {
        this.engine = engine;
        this.catalog = catalog;
        this.timeoutMillis = timeoutMillis;
    }

    /** The query of a plan, once per row of parameters. */
    List<ChangeQuery> bind(StatementRequest<?> request, Function<StatementPlan, StatementPlan.Query> source) {
        List<? extends List<? extends @Nullable Object>> parameters =
                request.parameters().isEmpty() ? List.of(List.of()) : request.parameters();
        long millis = request.options().timeoutMillis() == 0
                ? timeoutMillis
                : request.options().timeoutMillis();
        QueryOptions options =
                new QueryOptions(request.sql(), request.session().client(), 0, TimeUnit.MILLISECONDS.toNanos(millis));
        List<ChangeQuery> queries = new ArrayList<>();
        for (List<? extends @Nullable Object> row : parameters) {
            StatementPlan.Query query = source.apply(ParameterBinder.bind(request.plan(), row));
            queries.add(engine.tables().query(query.root(), query.output(), options));
        }
        return queries;
    }

    /** Changes a table by queries, one after the other. */
    StatementResult change(
            long tableId,
            TableStatement.Kind kind,
            List<ChangeQuery> queries,
            BiFunction<ChangeQuery, TableVersion, TableChange> change,
            PlanNode source,
            @Nullable ProducerSequence producer) {
        refuseDamaged(tableId);
        Set<Long> reads = new TreeSet<>();
        collectReads(source, reads);
        List<Function<Supplier<TableVersion>, TableChange>> steps = new ArrayList<>();
        for (ChangeQuery query : queries) {
            steps.add(before -> change.apply(query, before.get()));
        }
        List<Long> counts = new ArrayList<>();
        for (long count : engine.tables().change(tableId, new TableStatement(kind, steps), reads, producer)) {
            counts.add(count);
        }
        return new StatementResult.Update(counts);
    }

    /** Fails when one of a plan's streams and tables is out of use; collects the tables. */
    void collectReads(PlanNode node, Collection<Long> tables) {
        if (node instanceof TableScan scan) {
            refuseDamaged(scan.tableId());
            tables.add(scan.tableId());
        } else if (node instanceof StreamScan scan) {
            refuseDamaged(scan.streamId());
        }
        node.inputs().forEach(input -> collectReads(input, tables));
    }

    void refuseDamaged(long id) {
        MillraceException failure = catalog.failure(id);
        if (failure != null) {
            throw failure;
        }
    }
}
