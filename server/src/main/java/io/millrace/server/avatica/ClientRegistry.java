package io.millrace.server.avatica;

import io.millrace.error.ErrorCode;
import io.millrace.error.Limit;
import io.millrace.error.MillraceException;
import io.millrace.executor.log.ProducerEpochs;
import io.millrace.executor.time.EngineClock;
import io.millrace.server.net.Peer;
import io.millrace.server.session.Session;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The open connections by their ids, which clients choose and nobody else knows. Thread-safe. */
final class ClientRegistry {
    private static final int MAX_ID_LENGTH = 200;

    private static final long UNUSED_NANOS = TimeUnit.SECONDS.toNanos(5);
    private static final long IDLE_NANOS = TimeUnit.SECONDS.toNanos(60);

    private final AvaticaSettings settings;
    private final EngineClock clock;
    private final ProducerEpochs producers;
    private final Map<String, ClientConnection> connections = new ConcurrentHashMap<>();

    ClientRegistry(AvaticaSettings settings, EngineClock clock, ProducerEpochs producers) {
        this.producers = producers;
        this.settings = settings;
        this.clock = clock;
    }

    /**
     * @param info what the client says about itself
     * @return in which epoch it is the producer that it names; 0 when it names none
     */
    int open(@Nullable String id, Peer peer, @Nullable Map<String, String> info) {
        if (id == null || id.isEmpty() || id.length() > MAX_ID_LENGTH) {
            throw new MillraceException(
                    ErrorCode.PROTOCOL_VIOLATION, "a connection id must have 1 to " + MAX_ID_LENGTH + " characters");
        }
        long now = clock.nanoTime();
        ClientConnection connection = new ClientConnection(
                new Session(id, peer.address()), peer.host(), settings.maxStatementsPerConnection(), now);
        synchronized (this) {
            makeRoom(peer.host(), now);
            if (connections.putIfAbsent(id, connection) != null) {
                throw new MillraceException(ErrorCode.PROTOCOL_VIOLATION, "the connection is open already");
            }
        }
        try {
            return connection.writeAs(ConnectionProducer.of(info, producers));
        } catch (MillraceException refused) {
            close(id);
            throw refused;
        }
    }

    /** A client's connection that has been idle is closed for a new one: a client that is there opens it again. */
    private void makeRoom(String host, long now) {
        long sameHost = connections.values().stream()
                .filter(connection -> connection.host().equals(host))
                .count();
        if (sameHost >= settings.maxConnectionsPerClient() && !closeIdle(host, now)) {
            throw Limit.exceeded(
                    ErrorCode.TOO_MANY_CONNECTIONS,
                    "client " + host + " has too many connections",
                    settings.maxConnectionsPerClient(),
                    AvaticaSettings.CONNECTIONS_PER_CLIENT,
                    null);
        }
        if (connections.size() >= settings.maxConnections() && !closeIdle(host, now)) {
            throw Limit.exceeded(
                    ErrorCode.TOO_MANY_CONNECTIONS,
                    "the server has too many connections",
                    settings.maxConnections(),
                    AvaticaSettings.CONNECTIONS,
                    null);
        }
    }

    private boolean closeIdle(String host, long now) {
        String oldest = null;
        long longest = -1;
        for (Map.Entry<String, ClientConnection> entry : connections.entrySet()) {
            ClientConnection connection = entry.getValue();
            long idle = connection.host().equals(host) ? connection.idleNanos(now) : -1;
            if (idle > longest && idle >= (connection.hasStatements() ? IDLE_NANOS : UNUSED_NANOS)) {
                longest = idle;
                oldest = entry.getKey();
            }
        }
        close(oldest);
        return oldest != null;
    }

    /** @throws MillraceException of {@link ErrorCode#UNKNOWN_CONNECTION} when there is none */
    ClientConnection connection(@Nullable String id) {
        ClientConnection connection = id == null ? null : connections.get(id);
        if (connection == null) {
            throw new MillraceException(ErrorCode.UNKNOWN_CONNECTION, "no such connection");
        }
        connection.use(clock.nanoTime());
        return connection;
    }

    OpenStatement newStatement(@Nullable String connectionId, Peer peer) {
        return connection(connectionId).open(peer, clock.nanoTime());
    }

    /** Null when there is none. */
    @Nullable
    OpenStatement findStatement(@Nullable String connectionId, int id, Peer peer) {
        OpenStatement statement = connection(connectionId).statement(id);
        if (statement != null) {
            statement.use(peer, clock.nanoTime());
        }
        return statement;
    }

    OpenStatement statement(@Nullable String connectionId, int id, Peer peer) {
        OpenStatement statement = findStatement(connectionId, id, peer);
        if (statement == null) {
            throw new MillraceException(ErrorCode.UNDEFINED_STATEMENT, "no such statement: " + id);
        }
        return statement;
    }

    /** The client is there: none of its queries is abandoned. */
    void keepAlive(@Nullable String connectionId, Peer peer) {
        connection(connectionId).keepAlive(peer, clock.nanoTime());
    }

    /** Does nothing when there is none. */
    void close(@Nullable String id) {
        ClientConnection connection = id == null ? null : connections.remove(id);
        if (connection != null) {
            connection.close();
        }
    }

    int size() {
        return connections.size();
    }

    void expire() {
        long now = clock.nanoTime();
        connections.forEach((id, connection) -> {
            if (connection.expire(now, settings)) {
                close(id);
            }
        });
    }

    void closeAll() {
        connections.keySet().forEach(this::close);
    }
}
