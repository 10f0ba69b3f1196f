package io.millrace.server.admin;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Tags;
import io.millrace.catalog.ViewDefinition;
import io.millrace.executor.StreamEngine;
import io.millrace.executor.dataflow.SubscriptionStatus;
import io.millrace.executor.dataflow.ViewStatus;
import io.millrace.executor.metrics.QueryMetrics;
import io.millrace.server.catalog.CatalogStore;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleSupplier;
import java.util.function.ToDoubleFunction;

/** Each materialized view's rows, state and work, with the view as a label; the steps of all, and who follows them. */
final class ViewMeters {
    private static final double NANOS = 1e9;

    private final Meters meters;
    private final StreamEngine engine;
    private final CatalogStore catalog;
    private final Map<Long, List<Meter>> byView = new HashMap<>();

    ViewMeters(Meters meters, StreamEngine engine, CatalogStore catalog) {
        this.meters = meters;
        this.engine = engine;
        this.catalog = catalog;
        meters.gauge(
                "millrace.views.position",
                "of the last step of the materialized views",
                Tags.empty(),
                () -> engine.views().published().position());
        meters.gauge(
                "millrace.views.checkpoint.position",
                "of the newest checkpoint; no number before any",
                Tags.empty(),
                () -> engine.views().lastCheckpoint() < 0
                        ? Double.NaN
                        : engine.views().lastCheckpoint());
        meters.gauge(
                "millrace.subscriptions",
                "that run",
                Tags.empty(),
                () -> engine.views().subscriptions().size());
        meters.gauge(
                "millrace.subscription.waiting.rows",
                "changes that wait for their readers",
                Tags.empty(),
                () -> engine.views().subscriptions().stream()
                        .mapToLong(SubscriptionStatus::waitingRows)
                        .sum());
        meters.beforeScrape(this::refresh);
    }

    private void refresh() {
        Map<Long, ViewDefinition> views = new HashMap<>();
        catalog.current().materializedViews().forEach(view -> views.put(view.id(), view));
        byView.entrySet().removeIf(entry -> {
            boolean isGone = !views.containsKey(entry.getKey());
            if (isGone) {
                entry.getValue().forEach(meters.registry()::remove);
            }
            return isGone;
        });
        views.forEach((id, view) -> byView.computeIfAbsent(id, ignored -> register(view)));
    }

    private List<Meter> register(ViewDefinition view) {
        Tags tags = Tags.of("view", view.name());
        long id = view.id();
        return List.of(
                meters.gauge("millrace.view.rows", "that it has", tags, figure(id, ViewStatus::rows)),
                meters.gauge("millrace.view.state.bytes", "of its operators", tags, work(id, QueryMetrics::stateBytes)),
                meters.counter("millrace.view.rows.in", "rows taken", tags, work(id, QueryMetrics::rowsIn)),
                meters.counter("millrace.view.steps", "that gave it something", tags, work(id, QueryMetrics::steps)),
                meters.counter(
                        "millrace.view.step.busy.seconds",
                        "the time of its steps",
                        tags,
                        work(id, metrics -> metrics.stepNanos() / NANOS)),
                meters.gauge(
                        "millrace.view.up",
                        "1: can be read; 0: out of use, or being filled",
                        tags,
                        figure(id, status -> status.isReady() ? 1 : 0)));
    }

    private DoubleSupplier figure(long id, ToDoubleFunction<ViewStatus> figure) {
        return () -> {
            ViewStatus status = engine.views().status(id);
            return status == null ? Double.NaN : figure.applyAsDouble(status);
        };
    }

    private DoubleSupplier work(long id, ToDoubleFunction<QueryMetrics> figure) {
        return () -> {
            ViewStatus status = engine.views().status(id);
            QueryMetrics metrics = status == null ? null : status.metrics();
            return metrics == null ? Double.NaN : figure.applyAsDouble(metrics);
        };
    }
}
