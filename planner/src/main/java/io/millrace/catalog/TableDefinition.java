package io.millrace.catalog;

import io.millrace.plan.Expression;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A table whose rows can be inserted, updated and deleted; its changes are kept in the log.
 *
 * @param id unique over the life of a data directory, shared with streams
 * @param primaryKey indexes of the key's columns, in the order of the declaration; empty when there is none
 * @param defaults for each column what an INSERT that does not name it fills in; null: NULL
 * @param options of WITH, keys in lower case
 * @param sql the statement that created it, as it was typed
 */
public record TableDefinition(
        long id,
        String name,
        List<ColumnDefinition> columns,
        List<Integer> primaryKey,
        List<@Nullable Expression> defaults,
        Map<String, String> options,
        String sql)
        implements StoredRelation {
    public TableDefinition {
        columns = List.copyOf(columns);
        primaryKey = List.copyOf(primaryKey);
        defaults = Collections.unmodifiableList(new ArrayList<>(defaults));
        options = Collections.unmodifiableMap(new TreeMap<>(options));
    }

    @Override
    public TableDefinition withId(long newId) {
        return new TableDefinition(newId, name, columns, primaryKey, defaults, options, sql);
    }

    @Override
    public String noun() {
        return "table";
    }
}
