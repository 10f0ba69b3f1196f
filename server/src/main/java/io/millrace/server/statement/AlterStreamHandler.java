package io.millrace.server.statement;

import io.millrace.catalog.StreamDefinition;
import io.millrace.error.ErrorCode;
import io.millrace.error.MillraceException;
import io.millrace.planner.AlteredStream;
import io.millrace.planner.StatementPlan;
import io.millrace.server.catalog.CatalogStore;
import io.millrace.server.connector.ErrorStream;
import io.millrace.server.connector.Sources;
import java.util.ArrayList;
import java.util.List;

/** ALTER STREAM: other options of a stream that goes on meanwhile, and of its dead-letter stream. */
final class AlterStreamHandler implements StatementHandler<StatementPlan.AlterStream> {
    private final CatalogStore catalog;

    AlterStreamHandler(CatalogStore catalog) {
        this.catalog = catalog;
    }

    @Override
    public StatementResult execute(StatementRequest<StatementPlan.AlterStream> request) {
        StatementPlan.AlterStream plan = request.plan();
        synchronized (catalog) { // nobody else changes it meanwhile
            StreamDefinition stream = catalog.current().stream(plan.name());
            if (stream == null) {
                throw new MillraceException(
                        ErrorCode.UNDEFINED_OBJECT, "stream \"" + plan.name() + "\" does not exist");
            }
            List<StreamDefinition> altered = new ArrayList<>(List.of(altered(stream, plan)));
            StreamDefinition errors =
                    Sources.hasConnector(stream) ? catalog.current().stream(ErrorStream.name(stream)) : null;
            if (errors != null) {
                altered.add(altered(errors, plan));
            }
            catalog.alter(altered);
        }
        return new StatementResult.Update(0);
    }

    private StreamDefinition altered(StreamDefinition stream, StatementPlan.AlterStream plan) {
        MillraceException failure = catalog.failure(stream.id());
        if (failure != null) {
            throw failure;
        }
        StreamDefinition altered = AlteredStream.of(stream, plan.set(), plan.reset());
        Sources.check(altered);
        return altered;
    }
}
