package io.millrace.catalog;

import io.millrace.plan.OutputColumn;
import io.millrace.plan.StandingQuery;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * A standing query whose changes are written out.
 *
 * @param id unique over the life of a data directory, shared with streams, tables and views
 * @param options of INTO, keys in lower case
 * @param columns of the query
 * @param query null when it cannot be planned any more
 * @param viewId of the materialized view that the query is all of; -1 when it is something else
 * @param fromNow whether the rows that are there already are left out
 * @param reads the names of the relations that the query names, as catalogs look them up
 * @param sql the statement that created it, as it was typed
 */
public record SinkDefinition(
        long id,
        String name,
        Map<String, String> options,
        List<OutputColumn> columns,
        @Nullable StandingQuery query,
        long viewId,
        boolean fromNow,
        Set<String> reads,
        String sql)
        implements CreatedObject {
    /** The option that says whether each row tells what happened to it. */
    public static final String ENVELOPE = "envelope";

    public SinkDefinition {
        options = Collections.unmodifiableMap(new TreeMap<>(options));
        columns = List.copyOf(columns);
        reads = Collections.unmodifiableSet(new TreeSet<>(reads));
    }

    /** A sink whose query cannot be planned. */
    public static SinkDefinition broken(long id, String name, String sql) {
        return new SinkDefinition(id, name, Map.of(), List.of(), null, -1, false, Set.of(), sql);
    }

    public SinkDefinition withId(long newId) {
        return new SinkDefinition(newId, name, options, columns, query, viewId, fromNow, reads, sql);
    }

    /** Whether position, time and kind of the change come before the columns of the query. */
    public boolean hasEnvelope() {
        return Boolean.parseBoolean(options.get(ENVELOPE));
    }

    @Override
    public String noun() {
        return "sink";
    }
}
