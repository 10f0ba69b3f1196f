package io.millrace.catalog;

import io.millrace.plan.StandingQuery;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * A name for a query, which is planned anew, as part of the query that reads it, each time; or, materialized, the rows of a
 * query, which are kept.
 *
 * @param id unique over the life of a data directory, shared with streams and tables
 * @param timeColumn the index of the column whose watermark closes windows over the view; -1 when it has none
 * @param reads the names of the relations that the query names, as catalogs look them up
 * @param sql the statement that created it, as it was typed
 * @param failure why the query cannot be planned any more, after which the view has no columns; null when it can
 * @param query of a materialized view, whose rows are kept; null when it is planned with each query that reads it
 */
public record ViewDefinition(
        long id,
        String name,
        List<ColumnDefinition> columns,
        int timeColumn,
        Set<String> reads,
        String sql,
        @Nullable String failure,
        @Nullable StandingQuery query)
        implements CreatedRelation {
    public ViewDefinition {
        columns = List.copyOf(columns);
        reads = java.util.Collections.unmodifiableSet(new TreeSet<>(reads));
    }

    /** A view whose query cannot be planned. */
    public static ViewDefinition broken(long id, String name, String sql, String failure) {
        return new ViewDefinition(id, name, List.of(), -1, Set.of(), sql, failure, null);
    }

    @Override
    public ViewDefinition withId(long newId) {
        return new ViewDefinition(newId, name, columns, timeColumn, reads, sql, failure, query);
    }

    @Override
    public String noun() {
        return isMaterialized() ? "materialized view" : "view";
    }

    public boolean isMaterialized() {
        return query != null;
    }
}
