package io.millrace.server.connector;

import io.millrace.catalog.SinkDefinition;
import io.millrace.settings.ByteSize;
import io.millrace.settings.DurationText;
import java.time.Duration;
import java.util.List;

/**
 * What a sink that writes files is told.
 *
 * @param path of the directory, as it was written
 * @param isJson whether a line is a JSON object; else it is CSV
 * @param header whether a file of CSV begins with the names of the columns
 * @param separator of CSV
 * @param rollInterval after which a file ends
 * @param rollSize of which a file ends
 */
record FileSinkOptions(
        String path, boolean isJson, boolean header, char separator, Duration rollInterval, ByteSize rollSize) {
    private static final List<String> CONNECTORS = List.of("file");
    private static final List<String> FORMATS = List.of("csv", "json");

    /** Refuses what no file sink takes. */
    static FileSinkOptions of(SinkDefinition sink, ConnectorSettings settings) {
        ConnectorOptions options = new ConnectorOptions(sink);
        options.required(Sources.CONNECTOR);
        options.choice(Sources.CONNECTOR, "", CONNECTORS);
        options.flag(SinkDefinition.ENVELOPE, false);
        String path = options.required("path");
        options.required("format");
        boolean isJson = options.choice("format", "", FORMATS).equals("json");
        FileSinkOptions read = new FileSinkOptions(
                path,
                isJson,
                !isJson && options.flag("header", true),
                isJson ? ',' : CsvFormat.separator(options),
                options.parsed(
                        "roll_interval", settings.rollInterval(), "a duration such as 500ms, 10s or 5m", text -> {
                            Duration interval = DurationText.parse(text);
                            if (interval.isZero()) {
                                throw new IllegalArgumentException(text);
                            }
                            return interval;
                        }),
                options.parsed("roll_size", settings.rollSize(), "a size such as 512KiB or 64MiB", ByteSize::parse));
        options.refuseOthers();
        return read;
    }
}
