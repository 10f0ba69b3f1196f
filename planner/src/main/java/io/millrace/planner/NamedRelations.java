package io.millrace.planner;

import io.millrace.catalog.CatalogSnapshot;
import io.millrace.catalog.Relation;
import io.millrace.catalog.ViewDefinition;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.util.SqlBasicVisitor;
import org.jspecify.annotations.Nullable;

/**
 * What every name in a statement, and in the views that it reads, stands for in a catalog: a relation, or none. A name of
 * something else, a column or a function, is among them too; that is less work than to know which is which, and as good.
 * System tables are always the same.
 */
final class NamedRelations {
    /** Names as catalogs look them up; null: no relation. */
    private final Map<String, @Nullable Relation> relations = new HashMap<>();

    private NamedRelations() {}

    /** @param statement as it was parsed: planning rewrites it */
    static NamedRelations of(SqlNode statement, CatalogSnapshot catalog) {
        NamedRelations named = new NamedRelations();
        statement.accept(new SqlBasicVisitor<@Nullable Void>() {
            @Override
            public @Nullable Void visit(SqlIdentifier name) {
                name.names.forEach(part -> named.add(part, catalog));
                return null;
            }
        });
        return named;
    }

    private void add(String name, CatalogSnapshot catalog) {
        String key = CatalogSnapshot.key(name);
        if (relations.containsKey(key)) {
            return;
        }
        Relation relation = catalog.relation(name);
        relations.put(key, relation);
        if (relation instanceof ViewDefinition view) {
            view.reads().forEach(read -> add(read, catalog));
        }
    }

    /** Whether each name stands for the same definition there. */
    boolean meanTheSameIn(CatalogSnapshot catalog) {
        for (Map.Entry<String, @Nullable Relation> named : relations.entrySet()) {
            if (!Objects.equals(catalog.relation(named.getKey()), named.getValue())) {
                return false;
            }
        }
        return true;
    }
}
