package io.millrace.server.admin;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.FileDescriptorMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleSupplier;

/** The registry of all figures, with those of the JVM; the names of our own begin with {@code millrace}. Thread-safe. */
final class Meters implements AutoCloseable {
    /** Upper ends of a histogram's buckets: from a row in memory to a query that nobody waits for. */
    private static final Duration[] BUCKETS = {
        Duration.ofMillis(1),
        Duration.ofMillis(5),
        Duration.ofMillis(10),
        Duration.ofMillis(50),
        Duration.ofMillis(100),
        Duration.ofMillis(500),
        Duration.ofSeconds(1),
        Duration.ofSeconds(5),
        Duration.ofSeconds(10),
        Duration.ofSeconds(60)
    };

    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final JvmGcMetrics garbageCollector = new JvmGcMetrics();
    private final List<Runnable> refreshers = new ArrayList<>();

    Meters(String version) {
        new JvmMemoryMetrics().bindTo(registry);
        garbageCollector.bindTo(registry);
        new JvmThreadMetrics().bindTo(registry);
        new ProcessorMetrics().bindTo(registry);
        new FileDescriptorMetrics().bindTo(registry);
        new UptimeMetrics().bindTo(registry);
        gauge("millrace.build.info", "1, with the version as a label", Tags.of("version", version), () -> 1);
    }

    MeterRegistry registry() {
        return registry;
    }

    /** Runs before each scrape, to bring the meters of what comes and goes up to date. */
    synchronized void beforeScrape(Runnable refresher) {
        refreshers.add(refresher);
    }

    synchronized String scrape(String contentType) {
        refreshers.forEach(Runnable::run);
        return registry.scrape(contentType);
    }

    Gauge gauge(String name, String description, Tags tags, DoubleSupplier value) {
        return Gauge.builder(name, value, DoubleSupplier::getAsDouble)
                .description(description)
                .tags(tags)
                .strongReference(true)
                .register(registry);
    }

    FunctionCounter counter(String name, String description, Tags tags, DoubleSupplier value) {
        // the registry holds the object it reads only weakly, but not the function: that reads what is counted
        return FunctionCounter.builder(name, this, ignored -> value.getAsDouble())
                .description(description)
                .tags(tags)
                .register(registry);
    }

    Timer.Builder timer(String name, String description) {
        return Timer.builder(name).description(description).serviceLevelObjectives(BUCKETS);
    }

    @Override
    public void close() {
        garbageCollector.close();
        registry.close();
    }
}
