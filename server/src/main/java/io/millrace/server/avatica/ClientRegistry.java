package io.millrace.server.avatica;

import io.millrace.error.ErrorCode;
import io.millrace.error.MillraceException;
import io.millrace.executor.time.EngineClock;
import io.millrace.server.net.Peer;
import io.millrace.server.session.Session;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** The open connections by their ids, which clients choose and nobody else knows. Thread-safe. */
final class ClientRegistry {
    private static final int MAX_ID_LENGTH = 200;

    private final AvaticaSettings settings;
    private final EngineClock clock;
    private final Map<String, ClientConnection> connections = new ConcurrentHashMap<>();

    ClientRegistry(AvaticaSettings settings, EngineClock clock) {
        this.settings = settings;
        this.clock = clock;
    }

    void open(@Nullable String id, Peer peer) {
        if (id == null || id.isEmpty() || id.length() > MAX_ID_LENGTH) {
            throw new MillraceException(
                    ErrorCode.PROTOCOL_VIOLATION, "a connection id must have 1 to " + MAX_ID_LENGTH + " characters");
        }
        if (connections.size() >= settings.maxConnections()) {
            throw new MillraceException(ErrorCode.TOO_MANY_CONNECTIONS, "too many connections")
                    .withHint("The server allows " + settings.maxConnections() + ".");
        }
        ClientConnection connection = new ClientConnection(
                new Session(id, peer.address()), settings.maxStatementsPerConnection(), clock.nanoTime());
        if (connections.putIfAbsent(id, connection) != null) {
            throw new MillraceException(ErrorCode.PROTOCOL_VIOLATION, "the connection is open already");
        }
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
