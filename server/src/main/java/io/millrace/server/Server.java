package io.millrace.server;

import io.millrace.catalog.CatalogSnapshot;
import io.millrace.catalog.StreamDefinition;
import io.millrace.executor.EngineSettings;
import io.millrace.executor.StreamEngine;
import io.millrace.executor.time.EngineClock;
import io.millrace.executor.time.SystemClock;
import io.millrace.planner.Planner;
import io.millrace.server.avatica.AvaticaEndpoints;
import io.millrace.server.avatica.AvaticaSettings;
import io.millrace.server.catalog.CatalogStore;
import io.millrace.server.connector.ErrorStream;
import io.millrace.server.connector.Sources;
import io.millrace.server.net.NettyServer;
import io.millrace.server.net.NetworkSettings;
import io.millrace.server.statement.StatementDispatcher;
import io.millrace.server.statement.StatementSettings;
import java.util.concurrent.atomic.AtomicInteger;

/** A running server: builds every part and ends them in the opposite order. */
public final class Server implements AutoCloseable {
    private final StreamEngine engine;
    private final Planner planner;
    private final Sources sources;
    private final AvaticaEndpoints endpoints;
    private final NettyServer network;

    private Server(
            StreamEngine engine, Planner planner, Sources sources, AvaticaEndpoints endpoints, NettyServer network) {
        this.engine = engine;
        this.planner = planner;
        this.sources = sources;
        this.endpoints = endpoints;
        this.network = network;
    }

    /** Starts a server on the machine's clock; it answers when this returns. */
    public static Server start(ServerSettings settings) {
        return start(settings, new SystemClock());
    }

    public static Server start(ServerSettings settings, EngineClock clock) {
        StreamEngine engine = StreamEngine.open(settings.area(EngineSettings.class), clock);
        try {
            Planner planner = new Planner();
            CatalogStore catalog = new CatalogStore(engine, planner);
            catalog.open();
            Sources sources = new Sources(engine, clock, sourceThreads());
            StatementDispatcher dispatcher = new StatementDispatcher(
                    planner, engine, catalog, sources, clock, settings.area(StatementSettings.class));
            AvaticaEndpoints endpoints =
                    new AvaticaEndpoints(dispatcher, catalog::current, clock, settings.area(AvaticaSettings.class));
            NettyServer network = listen(settings, endpoints);
            startSources(catalog, sources);
            return new Server(engine, planner, sources, endpoints, network);
        } catch (RuntimeException failure) {
            engine.close();
            throw failure;
        }
    }

    public int port() {
        return network.port();
    }

    /** Plans a few statements, so that the first client does not wait for classes to load. */
    public void warmUp() {
        planner.warmUp();
    }

    /** Stops sources, then clients, then the engine; all that was acknowledged is on disk. */
    @Override
    public void close() {
        sources.close();
        endpoints.close();
        network.close();
        engine.close();
    }

    private static NettyServer listen(ServerSettings settings, AvaticaEndpoints endpoints) {
        try {
            return new NettyServer(settings.area(NetworkSettings.class), endpoints.routes());
        } catch (RuntimeException failure) {
            endpoints.close();
            throw failure;
        }
    }

    private static void startSources(CatalogStore catalog, Sources sources) {
        CatalogSnapshot snapshot = catalog.current();
        for (StreamDefinition stream : snapshot.streams()) {
            StreamDefinition errors = snapshot.stream(ErrorStream.name(stream));
            if (Sources.hasConnector(stream) && errors != null && catalog.failure(stream.id()) == null) {
                sources.start(stream, errors);
            }
        }
    }

    private static java.util.concurrent.ThreadFactory sourceThreads() {
        AtomicInteger number = new AtomicInteger();
        return task -> {
            Thread thread = new Thread(task, "millrace-source-" + number.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        };
    }
}
