package io.millrace.server.statement;

import io.millrace.catalog.CatalogSnapshot;
import io.millrace.catalog.CreatedObject;
import io.millrace.catalog.CreatedRelation;
import io.millrace.catalog.Relation;
import io.millrace.catalog.SinkDefinition;
import io.millrace.catalog.StreamDefinition;
import io.millrace.catalog.ViewDefinition;
import io.millrace.error.ErrorCode;
import io.millrace.error.MillraceException;
import io.millrace.planner.StatementPlan;
import io.millrace.server.catalog.CatalogStore;
import io.millrace.server.connector.ErrorStream;
import io.millrace.server.connector.Sinks;
import io.millrace.server.connector.Sources;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * DROP: ends the connector of a stream and the queries on it, deletes its log and its dead-letter stream, or the rows of a
 * table; a sink stops writing, and its files stay. What a view or a sink reads goes only with it.
 */
final class DropHandler implements StatementHandler<StatementPlan.Drop> {
    private final CatalogStore catalog;
    private final Sources sources;
    private final Sinks sinks;

    DropHandler(CatalogStore catalog, Sources sources, Sinks sinks) {
        this.catalog = catalog;
        this.sources = sources;
        this.sinks = sinks;
    }

    @Override
    public StatementResult execute(StatementRequest<StatementPlan.Drop> request) {
        synchronized (catalog) { // a stream and its source come and go together, and nobody begins to read it meanwhile
            return request.plan().kind() == StatementPlan.Drop.Kind.SINK
                    ? dropSink(request.plan())
                    : drop(request.plan());
        }
    }

    private StatementResult dropSink(StatementPlan.Drop plan) {
        SinkDefinition sink = catalog.current().sink(plan.name());
        if (sink == null) {
            return missing(plan);
        }
        sinks.stop(sink.id());
        catalog.drop(List.of(sink));
        return new StatementResult.Update(0);
    }

    private static StatementResult missing(StatementPlan.Drop plan) {
        String missing = plan.kind().noun() + " \"" + plan.name() + "\" does not exist";
        if (plan.ifExists()) {
            return StatementResult.warned(missing + ", so that nothing was dropped");
        }
        throw new MillraceException(ErrorCode.UNDEFINED_OBJECT, missing);
    }

    private StatementResult drop(StatementPlan.Drop plan) {
        CatalogSnapshot snapshot = catalog.current();
        Relation relation = snapshot.relation(plan.name());
        if (relation == null || !plan.kind().isOf(relation)) {
            return missing(plan);
        }
        List<CreatedObject> dropped = new ArrayList<>(List.of((CreatedRelation) relation));
        if (relation instanceof StreamDefinition stream && Sources.hasConnector(stream)) {
            StreamDefinition errors = snapshot.stream(ErrorStream.name(stream));
            if (errors != null) {
                dropped.add(errors);
            }
        }
        List<String> names = dropped.stream().map(CreatedObject::name).toList();
        List<ViewDefinition> views = snapshot.dependents(names);
        List<SinkDefinition> written = snapshot.sinksOf(names);
        if (!(views.isEmpty() && written.isEmpty()) && !plan.cascade()) {
            throw needed(relation, views, written);
        }
        written.forEach(sink -> sinks.stop(sink.id()));
        if (relation instanceof StreamDefinition stream) {
            sources.stop(stream.id());
        }
        dropped.addAll(views);
        dropped.addAll(written);
        catalog.drop(dropped);
        return new StatementResult.Update(0);
    }

    private static MillraceException needed(Relation relation, List<ViewDefinition> views, List<SinkDefinition> sinks) {
        String and = views.isEmpty() || sinks.isEmpty() ? "" : " and ";
        return new MillraceException(
                        ErrorCode.DEPENDENT_OBJECTS,
                        relation.noun() + " \"" + relation.name() + "\" is read by " + listed("view", views) + and
                                + listed("sink", sinks))
                .withHint("Drop " + (views.size() + sinks.size() == 1 ? "it" : "them") + " first, or add CASCADE.");
    }

    private static String listed(String noun, List<? extends CreatedObject> objects) {
        String names = objects.stream()
                .map(object -> "\"" + object.name() + "\"")
                .limit(5)
                .collect(Collectors.joining(", "));
        String more = objects.size() > 5 ? " and " + (objects.size() - 5) + " more" : "";
        return objects.isEmpty() ? "" : noun + (objects.size() == 1 ? " " : "s ") + names + more;
    }
}
