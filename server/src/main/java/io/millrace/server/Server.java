package io.millrace.server;

import io.millrace.executor.EngineSettings;
import io.millrace.executor.Host;
import io.millrace.executor.time.EngineClock;
import io.millrace.executor.time.SystemClock;
import io.millrace.planner.Planner;
import io.millrace.server.admin.AdminSettings;
import io.millrace.server.admin.Administration;
import io.millrace.server.avatica.AvaticaEndpoints;
import io.millrace.server.avatica.AvaticaSettings;
import io.millrace.server.catalog.CatalogStore;
import io.millrace.server.catalog.PlanCache;
import io.millrace.server.net.HttpRoutes;
import io.millrace.server.net.NettyServer;
import io.millrace.server.net.NetworkSettings;
import io.millrace.server.statement.PlanningSettings;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A running server: builds every part and ends them in the opposite order. */
public final class Server implements AutoCloseable {
    private static final Logger LOGGER = LoggerFactory.getLogger(Server.class);

    private final Planner planner;
    private final NettyServer network;
    private final NettyServer administration;
    private final Deque<AutoCloseable> parts;

    private Server(Planner planner, NettyServer network, NettyServer administration, Deque<AutoCloseable> parts) {
        this.planner = planner;
        this.network = network;
        this.administration = administration;
        this.parts = parts;
    }

    /** Starts a server on the machine's clock; it answers when this returns. */
    public static Server start(ServerSettings settings) {
        return start(settings, new SystemClock());
    }

    public static Server start(ServerSettings settings, EngineClock clock) {
        return start(settings, clock, failure -> {});
    }

    /** @param onLogFailure is told when a log could not be written or synced, and refuses appends from then on */
    static Server start(ServerSettings settings, EngineClock clock, Consumer<Throwable> onLogFailure) {
        Deque<AutoCloseable> parts = new ArrayDeque<>();
        try {
            return start(settings, clock, onLogFailure, parts);
        } catch (RuntimeException failure) {
            close(parts);
            throw failure;
        }
    }

    /** @param parts what has been started, the last first */
    private static Server start(
            ServerSettings settings, EngineClock clock, Consumer<Throwable> onLogFailure, Deque<AutoCloseable> parts) {
        EngineSettings engineSettings = settings.area(EngineSettings.class);
        Planner planner = new Planner(settings.area(PlanningSettings.class).limits());
        Administration administration = new Administration(VersionProvider.version());
        ServerCore core = ServerCore.start(
                engineSettings,
                settings,
                Host.local(clock),
                new PlanCache(planner),
                administration.statements(),
                onLogFailure,
                parts);
        started(administration, parts);
        CatalogStore catalog = core.catalog();
        AvaticaEndpoints endpoints = started(
                new AvaticaEndpoints(
                        core.statements(),
                        catalog::current,
                        clock,
                        core.engine().producers().epochs(),
                        settings.area(AvaticaSettings.class)),
                parts);
        NetworkSettings address = settings.area(NetworkSettings.class);
        AdminSettings own = settings.area(AdminSettings.class);
        HttpRoutes watched = administration.routes(
                own.port().isPresent() ? HttpRoutes.EMPTY : endpoints.routes(),
                core.engine(),
                engineSettings,
                catalog,
                core.sources(),
                clock);
        core.engine().awake();
        NettyServer network =
                started(new NettyServer(address, own.port().isPresent() ? endpoints.routes() : watched), parts);
        NettyServer ownNetwork = own.port().isEmpty()
                ? network
                : started(new NettyServer(address.at(own.host(), own.port().get()), watched), parts);
        administration.watch(network.traffic(), endpoints::connections);
        parts.remove(endpoints); // clients are told of the end while there is still a network
        started(endpoints, parts);
        started(core.sources(), parts);
        core.startConnectors();
        return new Server(planner, network, ownNetwork, parts);
    }

    private static <T extends AutoCloseable> T started(T part, Deque<AutoCloseable> parts) {
        parts.push(part);
        return part;
    }

    public int port() {
        return network.port();
    }

    /** The port that answers for health and metrics. */
    public int administrationPort() {
        return administration.port();
    }

    /** Plans a few statements, so that the first client does not wait for classes to load. */
    public void warmUp() {
        planner.warmUp();
    }

    /** Stops sources, then clients, sinks and the engine; all that was acknowledged is on disk. */
    @Override
    public void close() {
        close(parts);
    }

    private static void close(Deque<AutoCloseable> parts) {
        while (!parts.isEmpty()) {
            try {
                parts.pop().close();
            } catch (Exception failure) { // the others must be ended all the same
                LOGGER.error("a part of the server did not end well", failure);
            }
        }
    }
}
