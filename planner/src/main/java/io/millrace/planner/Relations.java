package io.millrace.planner;

import io.millrace.catalog.CatalogSnapshot;
import io.millrace.catalog.Relation;
import io.millrace.catalog.StreamDefinition;
import io.millrace.catalog.SystemTable;
import io.millrace.catalog.ViewDefinition;
import io.millrace.error.ErrorCode;
import io.millrace.error.MillraceException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlOrderBy;
import org.apache.calcite.sql.SqlSelect;
import org.apache.calcite.sql.SqlWith;
import org.apache.calcite.sql.SqlWithItem;
import org.jspecify.annotations.Nullable;

/** What the names after FROM mean, and the time column of what stands there. */
final class Relations {
    private final CatalogSnapshot catalog;
    private final Map<String, SqlWithItem> withQueries = new HashMap<>();
    private final Set<Relation> used = new HashSet<>();

    Relations(CatalogSnapshot catalog) {
        this.catalog = catalog;
    }

    /** From now on a name means a query of WITH. */
    void define(SqlWithItem item) {
        withQueries.put(key(item.name), item);
    }

    /** The query of WITH that has a name; null when none has it. */
    @Nullable
    SqlNode withQuery(SqlIdentifier name) {
        SqlWithItem item = name.isSimple() ? withQueries.get(key(name)) : null;
        return item == null ? null : item.query;
    }

    /** The names that WITH gives the columns of its query; null when it gives none. */
    @Nullable
    List<String> withColumns(SqlIdentifier name) {
        SqlWithItem item = name.isSimple() ? withQueries.get(key(name)) : null;
        return item == null || item.columnList == null
                ? null
                : item.columnList.stream()
                        .map(column -> ((SqlIdentifier) column).getSimple())
                        .toList();
    }

    /** The relations that were looked up; their columns are what hints propose. */
    Set<Relation> used() {
        return used;
    }

    /** The relation of that name; null when a WITH query has it. */
    @Nullable
    Relation relation(SqlIdentifier name) {
        if (name.isSimple() && withQueries.containsKey(key(name))) {
            return null;
        }
        Relation relation = find(name, catalog);
        if (relation instanceof ViewDefinition view && view.failure() != null) {
            throw new MillraceException(
                    ErrorCode.INVALID_STATEMENT,
                    view.noun() + " \"" + view.name() + "\" is out of use: " + view.failure(),
                    "CREATE OR REPLACE VIEW mends it.",
                    Nodes.position(name),
                    null);
        }
        used.add(relation);
        return relation;
    }

    /** The relation of that name, which is an error when there is none. */
    static Relation find(SqlIdentifier name, CatalogSnapshot catalog) {
        Relation relation = null;
        if (name.isSimple()) {
            relation = catalog.relation(name.getSimple());
        } else if (name.names.size() == 2 && name.names.get(0).equalsIgnoreCase(SystemTable.SCHEMA)) {
            relation = catalog.systemTable(name.names.get(1));
        } else if (name.names.size() == 2 && name.names.get(0).equals(LateRows.SCHEMA)) {
            relation = catalog.stream(name.names.get(1));
        }
        if (relation == null) {
            throw unknown(name.toString(), catalog).at(Nodes.position(name));
        }
        return relation;
    }

    static MillraceException unknown(String name, CatalogSnapshot catalog) {
        String near = Names.nearest(name, catalog.names());
        Relation meant = near == null ? null : catalog.relation(near);
        String noun = meant == null ? "stream, table or view" : meant.noun();
        MillraceException error =
                new MillraceException(ErrorCode.UNDEFINED_OBJECT, noun + " \"" + name + "\" does not exist");
        if (near != null) {
            return error.withHint("Did you mean \"" + near + "\"?");
        }
        return error.withHint(
                catalog.names().isEmpty()
                        ? "There are no streams yet, and no tables: CREATE STREAM or CREATE TABLE makes one."
                        : "SHOW STREAMS, SHOW TABLES and SHOW VIEWS list those that exist.");
    }

    /** The column whose watermark closes windows over a relation; null when it has none. */
    @Nullable
    String timeColumn(SqlNode relation) {
        if (relation instanceof SqlIdentifier name) {
            Relation found = relation(name);
            if (found != null) {
                return TimeColumns.timeColumn(found);
            }
            SqlNode query = withQuery(name);
            return query == null ? null : timeColumn(query);
        }
        switch (relation.getKind()) {
            case AS:
            case EXPLICIT_TABLE:
                return timeColumn(((SqlCall) relation).operand(0));
            case ORDER_BY:
                return timeColumn(((SqlOrderBy) relation).query);
            case WITH:
                return timeColumn(((SqlWith) relation).body);
            case SELECT:
                return exported((SqlSelect) relation);
            default:
                return null;
        }
    }

    private @Nullable String exported(SqlSelect select) {
        SqlNode from = select.getFrom();
        String column = from == null || select.getGroup() != null ? null : timeColumn(from);
        if (column == null) {
            return null;
        }
        for (SqlNode item : select.getSelectList()) {
            if (item instanceof SqlIdentifier identifier && identifier.isStar()) {
                if (!column.equals(StreamDefinition.ROWTIME)) {
                    return column;
                }
            } else if (Nodes.isColumn(Nodes.withoutAlias(item), column)) {
                SqlIdentifier alias = Nodes.alias(item);
                return alias == null ? column : alias.getSimple();
            }
        }
        return null;
    }

    private static String key(SqlIdentifier name) {
        return Nodes.lastName(name).toLowerCase(Locale.ROOT);
    }
}
