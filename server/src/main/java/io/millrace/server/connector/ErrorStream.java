package io.millrace.server.connector;

import io.millrace.catalog.ColumnDefinition;
import io.millrace.catalog.StreamDefinition;
import io.millrace.plan.DataType;
import java.util.List;
import java.util.Map;

/** The dead-letter stream of a stream with a connector: {@code <name>_errors}. */
public final class ErrorStream {
    private static final String SUFFIX = "_errors";

    private ErrorStream() {}

    public static String name(StreamDefinition stream) {
        return stream.name() + SUFFIX;
    }

    public static StreamDefinition of(StreamDefinition stream) {
        String name = name(stream);
        String quoted = '"' + name.replace("\"", "\"\"") + '"';
        return new StreamDefinition(
                0,
                name,
                List.of(
                        new ColumnDefinition("source", DataType.varchar()),
                        new ColumnDefinition("line", DataType.of(DataType.Kind.BIGINT)),
                        new ColumnDefinition("reason", DataType.varchar()),
                        new ColumnDefinition("raw", DataType.varchar())),
                null,
                Map.of(),
                "CREATE STREAM " + quoted + " (source VARCHAR, line BIGINT, reason VARCHAR, raw VARCHAR)");
    }
}
