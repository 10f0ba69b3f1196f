package io.millrace.server.admin;

import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import io.millrace.executor.DiskReserve;
import io.millrace.executor.EngineSettings;
import io.millrace.executor.StreamEngine;
import io.millrace.executor.log.Disk;
import io.millrace.executor.metrics.OperatorMetrics;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.ToDoubleFunction;

/** Queries, their memory, steps, operators by name, appends, and the disk. */
final class EngineMeters {
    private static final double NANOS = 1e9;

    private final Meters meters;
    private final StreamEngine engine;
    private final Set<String> operators = new HashSet<>();

    EngineMeters(Meters meters, StreamEngine engine) {
        this.meters = meters;
        this.engine = engine;
        queries("continuous", true);
        queries("bounded", false);
        meters.gauge(
                "millrace.query.memory.bytes",
                "held by all queries",
                Tags.empty(),
                () -> engine.metrics().queryMemoryBytes());
        meters.gauge(
                "millrace.query.memory.limit.bytes",
                "of all queries together",
                Tags.empty(),
                () -> engine.metrics().queryMemoryLimitBytes());
        meters.counter(
                "millrace.steps",
                "steps of continuous queries that read something",
                Tags.empty(),
                () -> engine.metrics().steps().turns());
        meters.counter(
                "millrace.step.busy.seconds",
                "the time the step loop has worked",
                Tags.empty(),
                () -> engine.metrics().steps().busyNanos() / NANOS);
        Timer appends = meters.timer("millrace.append", "from an append to its acknowledgement, the sync with it")
                .register(meters.registry());
        engine.onAppended(nanos -> appends.record(nanos, TimeUnit.NANOSECONDS));
        meters.beforeScrape(this::refresh);
    }

    void watch(DataDisk disk, EngineSettings settings) {
        meters.gauge("millrace.disk.free.bytes", "of the data directory's disk", Tags.empty(), disk::freeBytes);
        meters.gauge("millrace.disk.size.bytes", "of the data directory's disk", Tags.empty(), disk::totalBytes);
        meters.gauge(
                "millrace.disk.minimum.free.bytes",
                "below which appends are refused",
                Tags.empty(),
                () -> DiskReserve.bytes(settings, Disk.LOCAL));
    }

    private void queries(String kind, boolean isContinuous) {
        meters.gauge(
                "millrace.queries",
                "that run",
                Tags.of("kind", kind),
                () -> engine.queries().stream()
                        .filter(query -> query.continuous() == isContinuous)
                        .count());
    }

    private void refresh() {
        for (OperatorMetrics operator : engine.metrics().operators()) {
            if (operators.add(operator.operator())) {
                operator("rows", "rows taken", operator.operator(), OperatorMetrics::rowsIn);
                operator(
                        "busy.seconds",
                        "time spent, without operators downstream",
                        operator.operator(),
                        metrics -> metrics.busyNanos() / NANOS);
            }
        }
    }

    private void operator(String what, String description, String name, ToDoubleFunction<OperatorMetrics> value) {
        meters.counter(
                "millrace.operator." + what,
                description + ", in all queries since the start",
                Tags.of("operator", name),
                () -> engine.metrics().operators().stream()
                        .filter(metrics -> metrics.operator().equals(name))
                        .mapToDouble(value)
                        .sum());
    }
}
