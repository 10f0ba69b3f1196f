package io.millrace.server.avatica;

import io.millrace.catalog.CatalogSnapshot;
import io.millrace.error.ErrorCode;
import io.millrace.error.MillraceException;
import io.millrace.executor.log.ProducerEpochs;
import io.millrace.executor.time.EngineClock;
import io.millrace.server.net.HttpRoutes;
import io.millrace.server.statement.StatementExecutor;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** All that clients of SQL reach over HTTP, with the threads that serve them. */
public final class AvaticaEndpoints implements AutoCloseable {
    private static final int EXPIRY_MILLIS = 500;

    /** Each connection of TCP has at most one request under way, so this is never full. */
    private static final int MAX_QUEUED = 100_000;

    private final ClientRegistry clients;
    private final ThreadPoolExecutor workers;
    private final ScheduledExecutorService expiry;
    private final HttpRoutes routes;

    /** Starts the threads; requests come with the {@link #routes}. */
    public AvaticaEndpoints(
            StatementExecutor executor,
            Supplier<CatalogSnapshot> catalog,
            EngineClock clock,
            ProducerEpochs producers,
            AvaticaSettings settings) {
        clients = new ClientRegistry(settings, clock, producers);
        workers = new ThreadPoolExecutor(
                settings.workers(),
                settings.workers(),
                10,
                TimeUnit.SECONDS,
                new LinkedBlockingQueue<>(MAX_QUEUED),
                new DefaultThreadFactory("millrace-statement", true),
                (task, pool) -> {
                    throw pool.isShutdown()
                            ? new MillraceException(ErrorCode.SHUTTING_DOWN, "the server is shutting down")
                            : new MillraceException(
                                    ErrorCode.TOO_MANY_CONNECTIONS, "too many statements wait for the server");
                });
        workers.allowCoreThreadTimeOut(true);
        expiry = Executors.newSingleThreadScheduledExecutor(new DefaultThreadFactory("millrace-expiry", true));
        expiry.scheduleWithFixedDelay(clients::expire, EXPIRY_MILLIS, EXPIRY_MILLIS, TimeUnit.MILLISECONDS);
        ReplyCache replies = new ReplyCache();
        routes = HttpRoutes.EMPTY
                .with("GET", "/", exchange -> exchange.respondText(200, greeting()))
                .with("POST", "/", new AvaticaEndpoint(clients, executor, catalog, settings, replies, workers))
                .with("POST", "/millrace/metadata", new MetadataEndpoint(clients, catalog, workers))
                .with("POST", "/millrace/fetch", new FetchEndpoint(clients))
                .with("POST", "/millrace/cancel", new CancelEndpoint(clients, replies, workers))
                .with("POST", "/millrace/alive", new KeepAliveEndpoint(clients));
    }

    private static String greeting() {
        return "This is Millrace, a streaming SQL engine. Connect by JDBC: jdbc:millrace://host:port\n";
    }

    /** How many connections are open. */
    public int connections() {
        return clients.size();
    }

    public HttpRoutes routes() {
        return routes;
    }

    /** Ends all queries and closes all connections. */
    @Override
    public void close() {
        expiry.shutdownNow();
        clients.closeAll();
        workers.shutdown();
        boolean interrupted = false;
        try {
            workers.awaitTermination(2, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            interrupted = true;
        }
        workers.shutdownNow();
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
