package io.millrace.catalog;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** All definitions at one version. Immutable; names are not case-sensitive. */
public final class CatalogSnapshot {
    /** The schema that everything is in; its name may be left out. */
    public static final String SCHEMA = "public";

    public static final CatalogSnapshot EMPTY = new CatalogSnapshot(0, Map.of());

    private final long version;
    private final Map<String, StreamDefinition> streams;

    private CatalogSnapshot(long version, Map<String, StreamDefinition> streams) {
        this.version = version;
        this.streams = streams;
    }

    public long version() {
        return version;
    }

    public @Nullable StreamDefinition stream(String name) {
        return streams.get(StreamDefinition.key(name));
    }

    /** All streams, by name. */
    public Collection<StreamDefinition> streams() {
        return Collections.unmodifiableCollection(streams.values());
    }

    public CatalogSnapshot with(StreamDefinition... added) {
        Map<String, StreamDefinition> next = new TreeMap<>(streams);
        for (StreamDefinition stream : added) {
            next.put(StreamDefinition.key(stream.name()), stream);
        }
        return new CatalogSnapshot(version + 1, next);
    }

    public CatalogSnapshot without(String... names) {
        Map<String, StreamDefinition> next = new TreeMap<>(streams);
        for (String name : names) {
            next.remove(StreamDefinition.key(name));
        }
        return new CatalogSnapshot(version + 1, next);
    }

    /** The names of all streams, for «did you mean» hints. */
    public List<String> streamNames() {
        List<String> names = new ArrayList<>();
        streams.values().forEach(stream -> names.add(stream.name()));
        return names;
    }
}
