package io.millrace.catalog;

import io.millrace.error.MillraceException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** All definitions at one version. Immutable; names are not case-sensitive. */
public final class CatalogSnapshot {
    /** The schema that streams, tables and views are in; its name may be left out. */
    public static final String SCHEMA = "public";

    public static final CatalogSnapshot EMPTY = new CatalogSnapshot(0, Map.of(), Map.of());

    private final long version;
    /** Streams, tables and views, which share one space of names. */
    private final Map<String, Relation> relations;

    private final Map<String, SystemTable> systemTables;

    private CatalogSnapshot(long version, Map<String, Relation> relations, Map<String, SystemTable> systemTables) {
        this.version = version;
        this.relations = relations;
        this.systemTables = systemTables;
    }

    public long version() {
        return version;
    }

    /** The stream, table or view of that name. */
    public @Nullable Relation relation(String name) {
        return relations.get(key(name));
    }

    public @Nullable StreamDefinition stream(String name) {
        return relation(name) instanceof StreamDefinition stream ? stream : null;
    }

    public @Nullable TableDefinition table(String name) {
        return relation(name) instanceof TableDefinition table ? table : null;
    }

    /** The relation of schema {@code sys} of that name. */
    public @Nullable SystemTable systemTable(String name) {
        return systemTables.get(key(name));
    }

    /** All streams, tables and views, by name. */
    public Collection<Relation> relations() {
        return Collections.unmodifiableCollection(relations.values());
    }

    /** All streams, by name. */
    public List<StreamDefinition> streams() {
        return all(StreamDefinition.class);
    }

    /** All tables, by name. */
    public List<TableDefinition> tables() {
        return all(TableDefinition.class);
    }

    /** All views, by name. */
    public List<ViewDefinition> views() {
        return all(ViewDefinition.class);
    }

    /**
     * The views that read one of the relations of these names, also through other views; each after those that it reads.
     */
    public List<ViewDefinition> dependents(Collection<String> names) {
        Set<String> reached = new LinkedHashSet<>();
        names.forEach(name -> reached.add(key(name)));
        Map<String, ViewDefinition> found = new LinkedHashMap<>();
        for (boolean isMore = true; isMore; ) {
            isMore = false;
            for (ViewDefinition view : views()) {
                String name = key(view.name());
                if (!found.containsKey(name) && view.reads().stream().anyMatch(reached::contains)) {
                    found.put(name, view);
                    reached.add(name);
                    isMore = true;
                }
            }
        }
        return inOrder(found);
    }

    /** All materialized views, each after those that it reads. */
    public List<ViewDefinition> materializedViews() {
        Map<String, ViewDefinition> all = new LinkedHashMap<>();
        views().forEach(view -> all.put(key(view.name()), view));
        return inOrder(all).stream().filter(ViewDefinition::isMaterialized).toList();
    }

    private static List<ViewDefinition> inOrder(Map<String, ViewDefinition> views) {
        Map<String, ViewDefinition> left = new LinkedHashMap<>(views);
        List<ViewDefinition> ordered = new ArrayList<>();
        while (!left.isEmpty()) {
            List<ViewDefinition> ready = left.values().stream()
                    .filter(view -> view.reads().stream().noneMatch(left::containsKey))
                    .toList();
            if (ready.isEmpty()) {
                throw MillraceException.internal("views read each other: " + left.keySet());
            }
            ready.forEach(view -> left.remove(key(view.name())));
            ordered.addAll(ready);
        }
        return ordered;
    }

    /** The relations of schema {@code sys}, by name. */
    public Collection<SystemTable> systemTables() {
        return Collections.unmodifiableCollection(systemTables.values());
    }

    /** With relations that are new, or in place of those of the same names. */
    public CatalogSnapshot with(Relation... added) {
        Map<String, Relation> next = new TreeMap<>(relations);
        for (Relation relation : added) {
            next.put(key(relation.name()), relation);
        }
        return new CatalogSnapshot(version + 1, next, systemTables);
    }

    public CatalogSnapshot without(String... names) {
        Map<String, Relation> next = new TreeMap<>(relations);
        for (String name : names) {
            next.remove(key(name));
        }
        return new CatalogSnapshot(version + 1, next, systemTables);
    }

    /** With these relations in schema {@code sys}. */
    public CatalogSnapshot withSystemTables(Collection<SystemTable> tables) {
        Map<String, SystemTable> next = new TreeMap<>();
        tables.forEach(table -> next.put(key(table.name()), table));
        return new CatalogSnapshot(version + 1, relations, next);
    }

    /** The names of all streams, tables and views, for «did you mean» hints. */
    public List<String> names() {
        return relations.values().stream().map(Relation::name).toList();
    }

    /** The form of a name under which catalogs look it up. */
    public static String key(String name) {
        return name.toLowerCase(Locale.ROOT);
    }

    private <T extends Relation> List<T> all(Class<T> kind) {
        List<T> all = new ArrayList<>();
        for (Relation relation : relations.values()) {
            if (kind.isInstance(relation)) {
                all.add(kind.cast(relation));
            }
        }
        return all;
    }
}
