package io.millrace.server.statement;

import io.millrace.catalog.StreamDefinition;
import io.millrace.catalog.TableDefinition;
import io.millrace.error.MillraceException;
import io.millrace.executor.QueryStatus;
import io.millrace.executor.StreamEngine;
import io.millrace.executor.StreamStatus;
import io.millrace.executor.TableStatus;
import io.millrace.executor.time.Watermarks;
import io.millrace.plan.OutputColumn;
import io.millrace.planner.StatementPlan;
import io.millrace.server.catalog.CatalogStore;
import io.millrace.server.connector.SourceStatus;
import io.millrace.server.connector.Sources;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** SHOW STREAMS, SHOW TABLES and SHOW QUERIES. */
final class ShowHandler implements StatementHandler<StatementPlan.Show> {
    private static final List<OutputColumn> STREAMS = List.of(
            new OutputColumn("name", RowsResult.TEXT),
            new OutputColumn("connector", RowsResult.TEXT),
            new OutputColumn("state", RowsResult.TEXT),
            new OutputColumn("rows", RowsResult.NUMBER),
            new OutputColumn("bytes", RowsResult.NUMBER),
            new OutputColumn("watermark", RowsResult.TIME),
            new OutputColumn("late_rows", RowsResult.NUMBER),
            new OutputColumn("null_time_rows", RowsResult.NUMBER),
            new OutputColumn("future_rows", RowsResult.NUMBER),
            new OutputColumn("error_rows", RowsResult.NUMBER));
    private static final List<OutputColumn> TABLES = List.of(
            new OutputColumn("name", RowsResult.TEXT),
            new OutputColumn("state", RowsResult.TEXT),
            new OutputColumn("rows", RowsResult.NUMBER),
            new OutputColumn("changes", RowsResult.NUMBER),
            new OutputColumn("memory_bytes", RowsResult.NUMBER),
            new OutputColumn("log_bytes", RowsResult.NUMBER));
    private static final List<OutputColumn> QUERIES = List.of(
            new OutputColumn("id", RowsResult.NUMBER),
            new OutputColumn("kind", RowsResult.TEXT),
            new OutputColumn("sql", RowsResult.TEXT),
            new OutputColumn("client", RowsResult.TEXT),
            new OutputColumn("started", RowsResult.TIME),
            new OutputColumn("position", RowsResult.NUMBER),
            new OutputColumn("rows", RowsResult.NUMBER));

    private final StreamEngine engine;
    private final CatalogStore catalog;
    private final Sources sources;

    ShowHandler(StreamEngine engine, CatalogStore catalog, Sources sources) {
        this.engine = engine;
        this.catalog = catalog;
        this.sources = sources;
    }

    @Override
    public List<OutputColumn> output(StatementPlan.Show plan) {
        return switch (plan.subject()) {
            case STREAMS -> STREAMS;
            case TABLES -> TABLES;
            case QUERIES -> QUERIES;
        };
    }

    @Override
    public StatementResult execute(StatementRequest<StatementPlan.Show> request) {
        return switch (request.plan().subject()) {
            case STREAMS -> streams();
            case TABLES -> tables();
            case QUERIES -> queries();
        };
    }

    private StatementResult tables() {
        RowsResult result = new RowsResult(TABLES);
        for (TableDefinition table : catalog.current().tables()) {
            MillraceException failure = catalog.failure(table.id());
            if (failure != null) {
                result.add(table.name(), failure.getMessage(), null, null, null, null);
                continue;
            }
            TableStatus status = engine.tables().status(table.id());
            result.add(
                    table.name(),
                    status.failure() == null ? "ready" : status.failure().getMessage(),
                    status.rows(),
                    status.changes(),
                    status.memoryBytes(),
                    status.logBytes());
        }
        return result.build();
    }

    private StatementResult streams() {
        RowsResult result = new RowsResult(STREAMS);
        for (StreamDefinition stream : catalog.current().streams()) {
            MillraceException failure = catalog.failure(stream.id());
            SourceStatus source = sources.status(stream.id());
            String connector = stream.options().get(Sources.CONNECTOR);
            if (failure != null) {
                result.add(stream.name(), connector, failure.getMessage(), null, null, null, null, null, null, null);
                continue;
            }
            StreamStatus status = engine.status(stream.id());
            String state = source == null ? "ready" : source.state();
            result.add(
                    stream.name(),
                    connector,
                    status.failure() == null ? state : status.failure().getMessage(),
                    status.rows(),
                    status.bytes(),
                    time(status.watermark()),
                    status.lateRows(),
                    status.nullTimeRows(),
                    status.futureRows(),
                    source == null ? 0L : source.errorRows());
        }
        return result.build();
    }

    private static @Nullable Long time(long watermark) {
        return watermark == Watermarks.NONE ? null : toMillis(watermark);
    }

    /** What a TIMESTAMP(3) can hold. */
    private static long toMillis(long micros) {
        return micros - Math.floorMod(micros, 1_000);
    }

    private StatementResult queries() {
        RowsResult result = new RowsResult(QUERIES);
        for (QueryStatus query : engine.queries()) {
            result.add(
                    query.id(),
                    query.continuous() ? "continuous" : "bounded",
                    query.sql(),
                    query.client(),
                    toMillis(query.started()),
                    query.position(),
                    query.rows());
        }
        return result.build();
    }
}
