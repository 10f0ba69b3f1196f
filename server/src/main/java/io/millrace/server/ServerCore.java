package io.millrace.server;

import io.millrace.catalog.CatalogSnapshot;
import io.millrace.catalog.StreamDefinition;
import io.millrace.executor.EngineSettings;
import io.millrace.executor.Host;
import io.millrace.executor.StreamEngine;
import io.millrace.server.catalog.CatalogStore;
import io.millrace.server.catalog.PlanCache;
import io.millrace.server.connector.ConnectorSettings;
import io.millrace.server.connector.ErrorStream;
import io.millrace.server.connector.Sinks;
import io.millrace.server.connector.Sources;
import io.millrace.server.statement.StatementDispatcher;
import io.millrace.server.statement.StatementObserver;
import io.millrace.server.statement.StatementSettings;
import io.millrace.server.system.SystemSchema;
import java.util.Deque;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/** All of a server but its network: the engine, what is defined, and what makes statements. */
public record ServerCore(
        StreamEngine engine, CatalogStore catalog, Sources sources, Sinks sinks, StatementDispatcher statements) {
    /**
     * Starts all of it but what brings rows in and out by itself: {@link #startConnectors}.
     *
     * @param engineSettings of the engine, whose directory may be on a disk that no text names
     * @param observer is told of statements
     * @param onLogFailure is told when a log could not be written or synced, and refuses appends from then on
     * @param parts gets what has been started, the last first
     */
    public static ServerCore start(
            EngineSettings engineSettings,
            ServerSettings settings,
            Host host,
            PlanCache plans,
            StatementObserver observer,
            Consumer<Throwable> onLogFailure,
            Deque<AutoCloseable> parts) {
        StreamEngine engine = StreamEngine.open(engineSettings, host, onLogFailure);
        parts.push(engine);
        CatalogStore catalog = new CatalogStore(engine, plans);
        Sources sources = new Sources(engine, host.clock(), threads(host, "millrace-source-"));
        Sinks sinks = new Sinks(
                engine,
                catalog::plannedSink,
                host.clock(),
                settings.area(ConnectorSettings.class),
                engineSettings,
                threads(host, "millrace-sink-"));
        parts.push(sinks);
        engine.keepHistory(sinks::needs);
        SystemSchema system = new SystemSchema(engine, catalog, sources, sinks, settings.values());
        engine.serve(system);
        catalog.open(system.definitions());
        StatementDispatcher statements = new StatementDispatcher(
                plans,
                engine,
                catalog,
                sources,
                sinks,
                system,
                host.clock(),
                settings.area(StatementSettings.class),
                observer);
        return new ServerCore(engine, catalog, sources, sinks, statements);
    }

    /** Begins to take rows in and to write rows out; who has begun must be ended by {@code sources} and {@code sinks}. */
    public void startConnectors() {
        CatalogSnapshot snapshot = catalog.current();
        for (StreamDefinition stream : snapshot.streams()) {
            StreamDefinition errors = snapshot.stream(ErrorStream.name(stream));
            if (Sources.hasConnector(stream) && errors != null && catalog.failure(stream.id()) == null) {
                sources.start(stream, errors);
            }
        }
        snapshot.sinks().forEach(sink -> sinks.start(sink, false));
        sinks.started();
    }

    private static ThreadFactory threads(Host host, String prefix) {
        AtomicInteger number = new AtomicInteger();
        return task -> host.threads().thread(prefix + number.incrementAndGet(), task);
    }
}
