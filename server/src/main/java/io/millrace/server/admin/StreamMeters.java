package io.millrace.server.admin;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Tags;
import io.millrace.catalog.StreamDefinition;
import io.millrace.error.MillraceException;
import io.millrace.executor.StreamEngine;
import io.millrace.executor.StreamStatus;
import io.millrace.executor.time.EngineClock;
import io.millrace.executor.time.Watermarks;
import io.millrace.server.catalog.CatalogStore;
import io.millrace.server.connector.SourceStatus;
import io.millrace.server.connector.Sources;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleSupplier;
import java.util.function.ToDoubleFunction;

/** Each stream's rows, size, watermark and source, with the stream as a label; a dropped stream's meters go. */
final class StreamMeters {
    private static final double MICROS = 1e6;

    private final Meters meters;
    private final StreamEngine engine;
    private final CatalogStore catalog;
    private final Sources sources;
    private final EngineClock clock;
    private final Map<Long, List<Meter>> byStream = new HashMap<>();

    StreamMeters(Meters meters, StreamEngine engine, CatalogStore catalog, Sources sources, EngineClock clock) {
        this.meters = meters;
        this.engine = engine;
        this.catalog = catalog;
        this.sources = sources;
        this.clock = clock;
        meters.beforeScrape(this::refresh);
    }

    private void refresh() {
        Map<Long, StreamDefinition> streams = new HashMap<>();
        catalog.current().streams().forEach(stream -> streams.put(stream.id(), stream));
        byStream.entrySet().removeIf(entry -> {
            boolean isGone = !streams.containsKey(entry.getKey());
            if (isGone) {
                entry.getValue().forEach(meters.registry()::remove);
            }
            return isGone;
        });
        streams.forEach((id, stream) -> byStream.computeIfAbsent(id, ignored -> register(stream)));
    }

    private List<Meter> register(StreamDefinition stream) {
        Tags tags = Tags.of("stream", stream.name());
        List<Meter> registered = new ArrayList<>();
        registered.add(
                meters.counter("millrace.stream.rows", "that have come", tags, figure(stream, StreamStatus::rows)));
        registered.add(
                meters.gauge("millrace.stream.size.bytes", "of the log", tags, figure(stream, StreamStatus::bytes)));
        registered.add(meters.counter(
                "millrace.stream.trimmed.bytes",
                "deleted by retention",
                tags,
                figure(stream, StreamStatus::trimmedBytes)));
        registered.add(meters.counter(
                "millrace.stream.late.rows", "behind the watermark", tags, figure(stream, StreamStatus::lateRows)));
        registered.add(meters.counter(
                "millrace.stream.null.time.rows", "without a time", tags, figure(stream, StreamStatus::nullTimeRows)));
        registered.add(meters.counter(
                "millrace.stream.future.rows",
                "too far ahead of the clock to move the watermark",
                tags,
                figure(stream, StreamStatus::futureRows)));
        registered.add(meters.gauge(
                "millrace.stream.watermark.lag.seconds",
                "the clock less the watermark; no number before any row",
                tags,
                figure(stream, status -> lag(status.watermark()))));
        registered.add(
                meters.gauge("millrace.stream.up", "1: takes rows; 0: out of use or failed", tags, () -> isUp(stream)));
        if (Sources.hasConnector(stream)) {
            registered.add(meters.counter(
                    "millrace.source.error.rows",
                    "that could not be read and went to the stream of errors",
                    tags,
                    source(stream, SourceStatus::errorRows)));
            registered.add(meters.counter(
                    "millrace.source.connections",
                    "made or accepted",
                    tags,
                    source(stream, SourceStatus::connections)));
        }
        return registered;
    }

    private DoubleSupplier figure(StreamDefinition stream, ToDoubleFunction<StreamStatus> figure) {
        return () -> {
            try {
                return figure.applyAsDouble(engine.status(stream.id()));
            } catch (MillraceException outOfUse) {
                return Double.NaN;
            }
        };
    }

    private DoubleSupplier source(StreamDefinition stream, ToDoubleFunction<SourceStatus> figure) {
        return () -> {
            SourceStatus status = sources.status(stream.id());
            return status == null ? Double.NaN : figure.applyAsDouble(status);
        };
    }

    private double lag(long watermark) {
        return watermark == Watermarks.NONE ? Double.NaN : (clock.epochMicros() - watermark) / MICROS;
    }

    private double isUp(StreamDefinition stream) {
        try {
            return engine.status(stream.id()).failure() == null ? 1 : 0;
        } catch (MillraceException outOfUse) {
            return 0;
        }
    }
}
