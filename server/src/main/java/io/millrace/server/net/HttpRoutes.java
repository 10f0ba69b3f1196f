package io.millrace.server.net;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Which endpoint answers which method and path. Immutable. */
public final class HttpRoutes {
    public static final HttpRoutes EMPTY = new HttpRoutes(Map.of());

    private final Map<String, Map<String, HttpEndpoint>> byPath;

    private HttpRoutes(Map<String, Map<String, HttpEndpoint>> byPath) {
        this.byPath = byPath;
    }

    public HttpRoutes with(String method, String path, HttpEndpoint endpoint) {
        Map<String, Map<String, HttpEndpoint>> next = new TreeMap<>(byPath);
        Map<String, HttpEndpoint> methods = new TreeMap<>(next.getOrDefault(path, Map.of()));
        methods.put(method, endpoint);
        next.put(path, Collections.unmodifiableMap(methods));
        return new HttpRoutes(Collections.unmodifiableMap(next));
    }

    /** The endpoints of a path by method; null when there is no such path. */
    @Nullable
    Map<String, HttpEndpoint> methods(String path) {
        return byPath.get(path);
    }
}
