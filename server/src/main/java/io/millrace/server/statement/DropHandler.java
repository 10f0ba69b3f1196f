package io.millrace.server.statement;

import io.millrace.catalog.CatalogSnapshot;
import io.millrace.catalog.CreatedRelation;
import io.millrace.catalog.Relation;
import io.millrace.catalog.StreamDefinition;
import io.millrace.catalog.ViewDefinition;
import io.millrace.error.ErrorCode;
import io.millrace.error.MillraceException;
import io.millrace.planner.StatementPlan;
import io.millrace.server.catalog.CatalogStore;
import io.millrace.server.connector.ErrorStream;
import io.millrace.server.connector.Sources;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * DROP: ends the connector of a stream and the queries on it, deletes its log and its dead-letter stream, or the rows of a
 * table. What a view reads goes only with the view.
 */
final class DropHandler implements StatementHandler<StatementPlan.Drop> {
    private final CatalogStore catalog;
    private final Sources sources;

    DropHandler(CatalogStore catalog, Sources sources) {
        this.catalog = catalog;
        this.sources = sources;
    }

    @Override
    public StatementResult execute(StatementRequest<StatementPlan.Drop> request) {
        synchronized (catalog) { // a stream and its source come and go together, and nobody begins to read it meanwhile
            return drop(request.plan());
        }
    }

    private StatementResult drop(StatementPlan.Drop plan) {
        CatalogSnapshot snapshot = catalog.current();
        Relation relation = snapshot.relation(plan.name());
        if (relation == null || !plan.kind().isOf(relation)) {
            String missing = plan.kind().noun() + " \"" + plan.name() + "\" does not exist";
            if (plan.ifExists()) {
                return StatementResult.warned(missing + ", so that nothing was dropped");
            }
            throw new MillraceException(ErrorCode.UNDEFINED_OBJECT, missing);
        }
        List<CreatedRelation> dropped = new ArrayList<>(List.of((CreatedRelation) relation));
        if (relation instanceof StreamDefinition stream && Sources.hasConnector(stream)) {
            StreamDefinition errors = snapshot.stream(ErrorStream.name(stream));
            if (errors != null) {
                dropped.add(errors);
            }
        }
        List<ViewDefinition> views =
                snapshot.dependents(dropped.stream().map(Relation::name).toList());
        if (!views.isEmpty() && !plan.cascade()) {
            throw needed(relation, views);
        }
        if (relation instanceof StreamDefinition stream) {
            sources.stop(stream.id());
        }
        dropped.addAll(views);
        catalog.drop(dropped);
        return new StatementResult.Update(0);
    }

    private static MillraceException needed(Relation relation, List<ViewDefinition> views) {
        String names =
                views.stream().map(view -> "\"" + view.name() + "\"").limit(5).collect(Collectors.joining(", "));
        String more = views.size() > 5 ? " and " + (views.size() - 5) + " more" : "";
        return new MillraceException(
                        ErrorCode.DEPENDENT_OBJECTS,
                        relation.noun() + " \"" + relation.name() + "\" is read by "
                                + (views.size() == 1 ? "view " : "views ") + names + more)
                .withHint("Drop " + (views.size() == 1 ? "it" : "them") + " first, or add CASCADE.");
    }
}
