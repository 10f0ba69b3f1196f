package io.millrace.server.statement;

import io.millrace.catalog.SinkDefinition;
import io.millrace.error.ErrorCode;
import io.millrace.error.MillraceException;
import io.millrace.planner.StatementPlan;
import io.millrace.server.catalog.CatalogStore;
import io.millrace.server.connector.Sinks;
import java.util.List;

/** CREATE SINK: the definition, and what writes for it. */
final class CreateSinkHandler implements StatementHandler<StatementPlan.CreateSink> {
    private final CatalogStore catalog;
    private final Sinks sinks;

    CreateSinkHandler(CatalogStore catalog, Sinks sinks) {
        this.catalog = catalog;
        this.sinks = sinks;
    }

    @Override
    public StatementResult execute(StatementRequest<StatementPlan.CreateSink> request) {
        SinkDefinition sink = request.plan().definition();
        synchronized (catalog) { // a sink and what writes for it come and go together
            if (catalog.current().sink(sink.name()) != null) {
                if (request.plan().ifNotExists()) {
                    return StatementResult.warned(
                            "\"" + sink.name() + "\" exists already, so that nothing was created");
                }
                throw new MillraceException(ErrorCode.DUPLICATE_OBJECT, "sink \"" + sink.name() + "\" exists already");
            }
            sinks.check(sink);
            start(catalog.createSink(sink.sql()));
        }
        return new StatementResult.Update(
                List.of(0L),
                request.plan().warnings().stream().map(StatementWarning::of).toList());
    }

    private void start(SinkDefinition sink) {
        try {
            sinks.start(sink, true);
        } catch (RuntimeException failure) {
            catalog.drop(List.of(sink));
            throw failure;
        }
    }
}
