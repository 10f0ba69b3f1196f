package io.millrace.server.admin;

import io.micrometer.core.instrument.Tags;
import io.millrace.executor.EngineSettings;
import io.millrace.executor.StreamEngine;
import io.millrace.executor.time.EngineClock;
import io.millrace.server.catalog.CatalogStore;
import io.millrace.server.connector.Sources;
import io.millrace.server.net.HttpEndpoint;
import io.millrace.server.net.HttpExchange;
import io.millrace.server.net.HttpRoutes;
import io.millrace.server.net.HttpTraffic;
import io.millrace.server.statement.StatementObserver;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.IntSupplier;

/** Health and metrics: what they watch, and their endpoints, which one thread of their own answers. */
public final class Administration implements AutoCloseable {
    private static final int MAX_WAITING = 16;
    private static final int FORBIDDEN = 403;
    private static final int UNAVAILABLE = 503;

    private final Meters meters;
    private final StatementMeters statements;
    private final ThreadPoolExecutor thread = new ThreadPoolExecutor(
            1, 1, 10, TimeUnit.SECONDS, new ArrayBlockingQueue<>(MAX_WAITING), Administration::thread);

    public Administration(String version) {
        thread.allowCoreThreadTimeOut(true);
        meters = new Meters(version);
        statements = new StatementMeters(meters);
    }

    /** Counts statements. */
    public StatementObserver statements() {
        return statements;
    }

    /** Counts what clients hold and ask. */
    public void watch(HttpTraffic traffic, IntSupplier connections) {
        new TrafficMeters(meters, traffic);
        meters.gauge("millrace.connections", "open JDBC connections", Tags.empty(), connections::getAsInt);
    }

    /** Adds the endpoints to routes, and begins to watch the engine. */
    public HttpRoutes routes(
            HttpRoutes others,
            StreamEngine engine,
            EngineSettings settings,
            CatalogStore catalog,
            Sources sources,
            EngineClock clock) {
        DataDisk disk = new DataDisk(settings.dataDirectory());
        new EngineMeters(meters, engine).watch(disk, settings);
        new StreamMeters(meters, engine, catalog, sources, clock);
        new ViewMeters(meters, engine, catalog);
        HealthEndpoint health = new HealthEndpoint(
                List.of(new LogsCheck(catalog, engine), new DiskCheck(disk, settings), new StepsCheck(engine)));
        return others.with("GET", "/health", onThread(health))
                .with("GET", "/metrics", onThread(new MetricsEndpoint(meters)));
    }

    @Override
    public void close() {
        thread.shutdownNow();
        meters.close();
    }

    private HttpEndpoint onThread(HttpEndpoint endpoint) {
        return exchange -> {
            if (!LocalClients.isMeant(exchange)) {
                exchange.respondText(FORBIDDEN, "ask for localhost or an address\n");
                return;
            }
            try {
                thread.execute(() -> answer(endpoint, exchange));
            } catch (RejectedExecutionException busy) {
                exchange.respondText(UNAVAILABLE, "busy\n");
            }
        };
    }

    private static void answer(HttpEndpoint endpoint, HttpExchange exchange) {
        try {
            endpoint.handle(exchange);
        } catch (RuntimeException failure) {
            exchange.respondText(500, "internal error\n");
            throw failure; // the thread's handler logs it
        }
    }

    private static Thread thread(Runnable work) {
        Thread thread = new Thread(work, "millrace-admin");
        thread.setDaemon(true);
        return thread;
    }
}
