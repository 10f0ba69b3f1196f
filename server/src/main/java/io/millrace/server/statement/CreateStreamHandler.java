package io.millrace.server.statement;

import io.millrace.catalog.StoredRelation;
import io.millrace.catalog.StreamDefinition;
import io.millrace.planner.StatementPlan;
import io.millrace.server.catalog.CatalogStore;
import io.millrace.server.connector.ErrorStream;
import io.millrace.server.connector.Sources;
import java.util.List;

/** CREATE STREAM: the definition, the dead-letter stream beside it when it has a connector, and the connector. */
final class CreateStreamHandler implements StatementHandler<StatementPlan.CreateStream> {
    private final CatalogStore catalog;
    private final Sources sources;

    CreateStreamHandler(CatalogStore catalog, Sources sources) {
        this.catalog = catalog;
        this.sources = sources;
    }

    @Override
    public StatementResult execute(StatementRequest<StatementPlan.CreateStream> request) {
        StreamDefinition definition = request.plan().definition();
        synchronized (catalog) { // a stream and its source come and go together
            if (request.plan().ifNotExists() && catalog.current().relation(definition.name()) != null) {
                return StatementResult.warned(
                        "\"" + definition.name() + "\" exists already, so that nothing was created");
            }
            create(definition);
        }
        boolean hasTime =
                definition.columns().stream().anyMatch(column -> column.type().isTimestamp());
        return hasTime && definition.watermark() == null
                ? StatementResult.warned("stream \"" + definition.name() + "\" has no WATERMARK, so that its windows"
                        + " go by rowtime, the time at which rows arrive, and not by a column")
                : new StatementResult.Update(0);
    }

    private void create(StreamDefinition definition) {
        Sources.check(definition);
        if (!Sources.hasConnector(definition)) {
            catalog.create(List.of(definition));
            return;
        }
        List<StoredRelation> created = catalog.create(List.of(definition, ErrorStream.of(definition)));
        sources.start((StreamDefinition) created.get(0), (StreamDefinition) created.get(1));
    }
}
