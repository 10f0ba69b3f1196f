package io.millrace.server.system;

import io.millrace.catalog.Retention;
import io.millrace.catalog.StreamDefinition;
import io.millrace.catalog.SystemTable;
import io.millrace.error.ErrorCode;
import io.millrace.error.MillraceException;
import io.millrace.executor.StreamEngine;
import io.millrace.executor.StreamStatus;
import io.millrace.server.catalog.CatalogStore;
import io.millrace.server.connector.SourceStatus;
import io.millrace.server.connector.Sources;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** {@code sys.streams}: how every stream is doing. The figures of one that is out of use are NULL. */
final class StreamsRelation implements SystemRelation {
    private static final SystemTable DEFINITION = new SystemTable(
            "streams",
            List.of(
                    SystemRelation.number("id"),
                    SystemRelation.text("name"),
                    SystemRelation.optional(SystemRelation.text("connector")),
                    SystemRelation.text("state"),
                    SystemRelation.optional(SystemRelation.number("row_count")),
                    SystemRelation.optional(SystemRelation.number("byte_count")),
                    SystemRelation.optional(SystemRelation.time("watermark")),
                    SystemRelation.optional(SystemRelation.number("late_rows")),
                    SystemRelation.optional(SystemRelation.number("null_time_rows")),
                    SystemRelation.optional(SystemRelation.number("future_rows")),
                    SystemRelation.optional(SystemRelation.number("error_rows")),
                    SystemRelation.optional(SystemRelation.text("retention")),
                    SystemRelation.optional(SystemRelation.time("kept_since")),
                    SystemRelation.optional(SystemRelation.number("trimmed_rows")),
                    SystemRelation.optional(SystemRelation.number("trimmed_bytes")),
                    SystemRelation.optional(SystemRelation.text("held_back")),
                    SystemRelation.text("definition")));

    private final StreamEngine engine;
    private final CatalogStore catalog;
    private final Sources sources;

    StreamsRelation(StreamEngine engine, CatalogStore catalog, Sources sources) {
        this.engine = engine;
        this.catalog = catalog;
        this.sources = sources;
    }

    @Override
    public SystemTable definition() {
        return DEFINITION;
    }

    @Override
    public void read(SystemRows rows) {
        for (StreamDefinition stream : catalog.current().streams()) {
            MillraceException failure = catalog.failure(stream.id());
            if (failure != null) {
                addFailed(rows, stream, failure);
                continue;
            }
            try {
                add(rows, stream, engine.status(stream.id()));
            } catch (MillraceException dropped) { // between our look at the catalog and this one
                if (dropped.code() != ErrorCode.UNDEFINED_OBJECT) {
                    throw dropped;
                }
            }
        }
    }

    private void add(SystemRows rows, StreamDefinition stream, StreamStatus status) {
        SourceStatus source = sources.status(stream.id());
        String state = source == null ? "ready" : source.state();
        rows.add(
                stream.id(),
                stream.name(),
                stream.options().get(Sources.CONNECTOR),
                status.failure() == null
                        ? state
                        : String.valueOf(status.failure().getMessage()),
                status.rows() - status.firstRow(),
                status.bytes(),
                SystemRelation.millis(status.watermark()),
                status.lateRows(),
                status.nullTimeRows(),
                status.futureRows(),
                source == null ? 0L : source.errorRows(),
                retention(stream),
                SystemRelation.millis(status.since()),
                status.firstRow(),
                status.trimmedBytes(),
                status.heldBack(),
                stream.sql());
    }

    private static void addFailed(SystemRows rows, StreamDefinition stream, MillraceException failure) {
        String connector = stream.options().get(Sources.CONNECTOR);
        String state = String.valueOf(failure.getMessage());
        rows.add(
                stream.id(),
                stream.name(),
                connector,
                state,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                retention(stream),
                null,
                null,
                null,
                null,
                stream.sql());
    }

    /** Null when everything is kept. */
    private static @Nullable String retention(StreamDefinition stream) {
        List<String> texts = Stream.of(Retention.TIME, Retention.SIZE)
                .filter(stream.options()::containsKey)
                .map(stream.options()::get)
                .toList();
        return texts.isEmpty() ? null : String.join(", ", texts);
    }
}
