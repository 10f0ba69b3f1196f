package io.millrace.server.connector;

import io.millrace.catalog.ColumnDefinition;
import io.millrace.catalog.Retention;
import io.millrace.catalog.StreamDefinition;
import io.millrace.plan.DataType;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The dead-letter stream of a stream with a connector: {@code <name>_errors}. */
public final class ErrorStream {
    private static final String SUFFIX = "_errors";

    private ErrorStream() {}

    public static String name(StreamDefinition stream) {
        return stream.name() + SUFFIX;
    }

    private static String with(Map<String, String> options) {
        return options.isEmpty()
                ? ""
                : options.entrySet().stream()
                        .map(option -> option.getKey() + " = '" + option.getValue() + "'")
                        .collect(Collectors.joining(", ", " WITH (", ")"));
    }

    /** Its rows are kept as long as those of the stream. */
    public static StreamDefinition of(StreamDefinition stream) {
        String name = name(stream);
        String quoted = '"' + name.replace("\"", "\"\"") + '"';
        Map<String, String> retention = new TreeMap<>(stream.options());
        retention.keySet().retainAll(Set.of(Retention.TIME, Retention.SIZE));
        return new StreamDefinition(
                0,
                name,
                List.of(
                        new ColumnDefinition("source", DataType.varchar()),
                        new ColumnDefinition("line", DataType.of(DataType.Kind.BIGINT)),
                        new ColumnDefinition("reason", DataType.varchar()),
                        new ColumnDefinition("raw", DataType.varchar())),
                null,
                retention,
                "CREATE STREAM " + quoted + " (source VARCHAR, line BIGINT, reason VARCHAR, raw VARCHAR)"
                        + with(retention));
    }
}
