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

    public static final CatalogSnapshot EMPTY = new CatalogSnapshot(0, Map.of(), Map.of(), Map.of());

    private final long version;
    /** Streams, tables and views, which share one space of names. */
    private final Map<String, Relation> relations;

    /** Nobody reads a sink: their names are a space of their own. */
    private final Map<String, SinkDefinition> sinks;

    private final Map<String, SystemTable> systemTables;

    private CatalogSnapshot(
            long version,
            Map<String, Relation> relations,
            Map<String, SinkDefinition> sinks,
            Map<String, SystemTable> systemTables) {
        this.version = version;
        this.relations = relations;
        this.sinks = sinks;
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

    public @Nullable SinkDefinition sink(String name) {
        return sinks.get(key(name));
    }

    /** All sinks, by name. */
    public Collection<SinkDefinition> sinks() {
        return Collections.unmodifiableCollection(sinks.values());
    }

    /** The sinks that read one of the relations of these names, also through views. */
    public List<SinkDefinition> sinksOf(Collection<String> names) {
        Set<String> reached = new LinkedHashSet<>();
        names.forEach(name -> reached.add(key(name)));
        dependents(names).forEach(view -> reached.add(key(view.name())));
        return sinks.values().stream()
                .filter(sink -> sink.reads().stream().anyMatch(reached::contains))
                .toList();
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
        return new CatalogSnapshot(version + 1, next, sinks, systemTables);
    }

    public CatalogSnapshot without(String... names) {
        Map<String, Relation> next = new TreeMap<>(relations);
        for (String name : names) {
            next.remove(key(name));
        }
        return new CatalogSnapshot(version + 1, next, sinks, systemTables);
    }

    /** With a sink that is new, or in place of that of the same name. */
    public CatalogSnapshot withSink(SinkDefinition sink) {
        Map<String, SinkDefinition> next = new TreeMap<>(sinks);
        next.put(key(sink.name()), sink);
        return new CatalogSnapshot(version + 1, relations, next, systemTables);
    }

    public CatalogSnapshot withoutSinks(Collection<String> names) {
        Map<String, SinkDefinition> next = new TreeMap<>(sinks);
        names.forEach(name -> next.remove(key(name)));
        return new CatalogSnapshot(version + 1, relations, next, systemTables);
    }

    /** With these relations in schema {@code sys}. */
    public CatalogSnapshot withSystemTables(Collection<SystemTable> tables) {
        Map<String, SystemTable> next = new TreeMap<>();
        tables.forEach(table -> next.put(key(table.name()), table));
        return new CatalogSnapshot(version + 1, relations, sinks, next);
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
