package io.millrace.server.connector;

import io.millrace.catalog.SinkDefinition;
import io.millrace.catalog.StreamDefinition;
import io.millrace.error.ErrorCode;
import io.millrace.error.MillraceException;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The options of one stream or sink, read with types; a key that nobody asked for is an error. */
final class ConnectorOptions {
    private final String owner;
    private final Map<String, String> options;
    private final Set<String> known = new HashSet<>();

    ConnectorOptions(StreamDefinition stream) {
        this("stream \"" + stream.name() + "\"", stream.options());
    }

    ConnectorOptions(SinkDefinition sink) {
        this("sink \"" + sink.name() + "\"", sink.options());
    }

    private ConnectorOptions(String owner, Map<String, String> options) {
        this.owner = owner;
        this.options = options;
    }

    String required(String key) {
        String value = optional(key);
        if (value == null) {
            throw invalid("option '" + key + "' is missing");
        }
        return value;
    }

    @Nullable
    String optional(String key) {
        known.add(key);
        return options.get(key);
    }

    String choice(String key, String fallback, List<String> choices) {
        String value = optional(key);
        if (value == null) {
            return fallback;
        }
        if (!choices.contains(value)) {
            throw invalid("option '" + key + "' is '" + value + "', but must be one of " + quoted(choices));
        }
        return value;
    }

    int port(String key) {
        String value = required(key);
        try {
            int port = Integer.parseInt(value);
            if (port > 0 && port < 65_536) {
                return port;
            }
        } catch (NumberFormatException notANumber) {
            throw invalid("option '" + key + "' is '" + value + "', but must be a port number", notANumber);
        }
        throw invalid("option '" + key + "' is " + value + ", but ports are 1 to 65535");
    }

    /** A value of a type that is not a choice. */
    <T> T parsed(String key, T fallback, String expected, Function<String, T> parser) {
        String value = optional(key);
        if (value == null) {
            return fallback;
        }
        try {
            return parser.apply(value);
        } catch (IllegalArgumentException | ArithmeticException malformed) {
            throw invalid("option '" + key + "' is '" + value + "', but must be " + expected, malformed);
        }
    }

    boolean flag(String key, boolean fallback) {
        return Boolean.parseBoolean(choice(key, Boolean.toString(fallback), List.of("true", "false")));
    }

    /** Call when all options have been asked for. */
    void refuseOthers() {
        Set<String> unknown = new TreeSet<>(options.keySet());
        unknown.removeAll(known);
        if (!unknown.isEmpty()) {
            throw invalid("unknown option " + quoted(unknown) + "; known are " + quoted(new TreeSet<>(known)));
        }
    }

    MillraceException invalid(String what) {
        return invalid(what, null);
    }

    private MillraceException invalid(String what, @Nullable Throwable cause) {
        return new MillraceException(ErrorCode.INVALID_PARAMETER, owner + ": " + what, cause);
    }

    private static String quoted(Collection<String> values) {
        return "'" + String.join("', '", values) + "'";
    }
}
