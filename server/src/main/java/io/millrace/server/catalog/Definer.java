package io.millrace.server.catalog;

import io.millrace.catalog.CatalogSnapshot;
import io.millrace.catalog.SinkDefinition;
import io.millrace.catalog.StoredRelation;
import io.millrace.catalog.ViewDefinition;
import io.millrace.error.ErrorCode;
import io.millrace.error.MillraceException;
import io.millrace.planner.StatementPlan;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToLongFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes definitions of the statements that created them. Thread-safe. */
final class Definer {
    private static final Logger LOGGER = LoggerFactory.getLogger(Definer.class);

    private final PlanCache plans;

    Definer(PlanCache plans) {
        this.plans = plans;
    }

    /** The stream or table that a statement creates, without a number. */
    StoredRelation stored(String sql) {
        StatementPlan plan = plans.plan(sql, CatalogSnapshot.EMPTY);
        if (plan instanceof StatementPlan.CreateStream create) {
            return create.definition();
        }
        if (plan instanceof StatementPlan.CreateTable create) {
            return create.definition();
        }
        throw MillraceException.internal("the catalog holds \"" + sql + "\"");
    }

    /** The view that a statement creates, without a number. */
    ViewDefinition view(String sql, CatalogSnapshot catalog) {
        return ((StatementPlan.CreateView) plans.plan(sql, catalog)).definition();
    }

    /** The sink that a statement creates, without a number. */
    SinkDefinition sink(String sql, CatalogSnapshot catalog) {
        return ((StatementPlan.CreateSink) plans.plan(sql, catalog)).definition();
    }

    /** Adds sinks to a catalog; one that cannot be planned any more stays, and may be planned later. */
    CatalogSnapshot withSinks(CatalogSnapshot catalog, Map<Long, CatalogLog.Entry> sinks) {
        CatalogSnapshot known = catalog;
        for (Map.Entry<Long, CatalogLog.Entry> entry : sinks.entrySet()) {
            CatalogLog.Entry sink = entry.getValue();
            try {
                known = known.withSink(sink(sink.sql(), catalog).withId(entry.getKey()));
            } catch (MillraceException failure) {
                LOGGER.error("sink \"{}\" is out of use: {}", sink.name(), failure.getMessage());
                known = known.withSink(SinkDefinition.broken(entry.getKey(), sink.name(), sink.sql()));
            }
        }
        return known;
    }

    /**
     * Adds views to a catalog; a view may come before those that it reads. One that cannot be planned any more is out of
     * use, the others serve.
     */
    CatalogSnapshot withViews(CatalogSnapshot catalog, Map<Long, CatalogLog.Entry> views) {
        CatalogSnapshot known = catalog;
        Map<Long, CatalogLog.Entry> left = new LinkedHashMap<>(views);
        Map<Long, ViewDefinition> broken = new LinkedHashMap<>();
        for (int before = left.size() + 1; left.size() < before; ) {
            before = left.size();
            for (Map.Entry<Long, CatalogLog.Entry> entry : List.copyOf(left.entrySet())) {
                long id = entry.getKey();
                CatalogLog.Entry view = entry.getValue();
                try {
                    known = known.with(view(view.sql(), known).withId(id));
                    left.remove(id);
                    broken.remove(id);
                } catch (MillraceException failure) {
                    String why = String.valueOf(failure.getMessage());
                    broken.put(id, ViewDefinition.broken(id, view.name(), view.sql(), why));
                }
            }
        }
        for (ViewDefinition view : broken.values()) {
            LOGGER.error("view \"{}\" is out of use: {}", view.name(), view.failure());
            known = known.with(view);
        }
        return known;
    }

    /**
     * The views that read a changed one, planned again.
     *
     * @param ids gives each its number
     */
    CatalogSnapshot withDependents(
            CatalogSnapshot catalog, ViewDefinition changed, ToLongFunction<ViewDefinition> ids) {
        CatalogSnapshot known = catalog;
        for (ViewDefinition dependent : catalog.dependents(List.of(changed.name()))) {
            try {
                known = known.with(view(dependent.sql(), known).withId(ids.applyAsLong(dependent)));
            } catch (MillraceException failure) {
                throw new MillraceException(
                                ErrorCode.DEPENDENT_OBJECTS,
                                "view \"" + dependent.name() + "\" reads view \"" + changed.name()
                                        + "\", and cannot read the new one: " + failure.primary())
                        .withHint("Change or drop it first.");
            }
        }
        return known;
    }
}
