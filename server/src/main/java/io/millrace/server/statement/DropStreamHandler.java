package io.millrace.server.statement;

import io.millrace.catalog.CatalogSnapshot;
import io.millrace.catalog.StreamDefinition;
import io.millrace.error.ErrorCode;
import io.millrace.error.MillraceException;
import io.millrace.planner.StatementPlan;
import io.millrace.server.catalog.CatalogStore;
import io.millrace.server.connector.ErrorStream;
import io.millrace.server.connector.Sources;
import java.util.ArrayList;
import java.util.List;

/** DROP STREAM: ends its connector and its queries, and deletes its log and its dead-letter stream. */
final class DropStreamHandler implements StatementHandler<StatementPlan.DropStream> {
    private final CatalogStore catalog;
    private final Sources sources;

    DropStreamHandler(CatalogStore catalog, Sources sources) {
        this.catalog = catalog;
        this.sources = sources;
    }

    @Override
    public StatementResult execute(StatementRequest<StatementPlan.DropStream> request) {
        synchronized (catalog) { // a stream and its source come and go together
            return drop(request);
        }
    }

    private StatementResult drop(StatementRequest<StatementPlan.DropStream> request) {
        String name = request.plan().name();
        CatalogSnapshot snapshot = catalog.current();
        StreamDefinition stream = snapshot.stream(name);
        if (stream == null) {
            if (request.plan().ifExists()) {
                return StatementResult.warned("stream \"" + name + "\" does not exist, so that nothing was dropped");
            }
            throw new MillraceException(ErrorCode.UNDEFINED_OBJECT, "stream \"" + name + "\" does not exist");
        }
        List<StreamDefinition> dropped = new ArrayList<>(List.of(stream));
        if (Sources.hasConnector(stream)) {
            StreamDefinition errors = snapshot.stream(ErrorStream.name(stream));
            if (errors != null) {
                dropped.add(errors);
            }
        }
        sources.stop(stream.id());
        catalog.drop(dropped);
        return new StatementResult.Update(0);
    }
}
