package io.millrace.server.avatica;

import io.millrace.error.ErrorCode;
import io.millrace.error.MillraceException;
import io.millrace.server.net.Peer;
import io.millrace.server.session.Session;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.calcite.avatica.ConnectionPropertiesImpl;
import org.apache.calcite.avatica.Meta;
import org.jspecify.annotations.Nullable;

/** An open connection of the protocol; any number of TCP connections may carry it. Thread-safe. */
final class ClientConnection {
    private final Session session;
    private final int maxStatements;
    private final Map<Integer, OpenStatement> statements = new ConcurrentHashMap<>();
    private final AtomicInteger nextStatement = new AtomicInteger();
    private boolean autoCommit = true;
    private boolean readOnly;
    private volatile boolean closed;
    private volatile long lastUsed;

    ClientConnection(Session session, int maxStatements, long now) {
        this.session = session;
        this.maxStatements = maxStatements;
        this.lastUsed = now;
    }

    Session session() {
        return session;
    }

    void use(long now) {
        lastUsed = now;
    }

    /** A number that no statement has. */
    int newStatementId() {
        return nextStatement.getAndIncrement();
    }

    OpenStatement open(Peer peer, long now) {
        if (statements.size() >= maxStatements) {
            throw new MillraceException(
                            ErrorCode.TOO_MANY_CONNECTIONS,
                            "a connection can have at most " + maxStatements + " statements")
                    .withHint("Close statements that are no longer used.");
        }
        OpenStatement statement = new OpenStatement(newStatementId(), peer, now);
        statements.put(statement.id(), statement);
        if (closed) {
            closeStatement(statement.id());
        }
        return statement;
    }

    @Nullable
    OpenStatement statement(int id) {
        return statements.get(id);
    }

    void closeStatement(int id) {
        OpenStatement statement = statements.remove(id);
        if (statement != null) {
            statement.close();
        }
    }

    void close() {
        closed = true;
        session.transaction().close();
        statements.keySet().forEach(this::closeStatement);
    }

    void keepAlive(Peer peer, long now) {
        statements.values().forEach(statement -> statement.use(peer, now));
    }

    /** Ends abandoned queries; true when the connection itself has been idle for too long. */
    boolean expire(long now, AvaticaSettings settings) {
        statements.values().forEach(statement -> statement.expire(now, settings));
        return now - lastUsed >= settings.idleTimeout().toNanos();
    }

    /** Takes over what the client has set and tells all that holds now. */
    synchronized ConnectionPropertiesImpl synchronize(Meta.@Nullable ConnectionProperties changed) {
        if (changed != null && changed.isAutoCommit() != null) {
            autoCommit = changed.isAutoCommit();
            session.transaction().setAutoCommit(autoCommit);
        }
        if (changed != null && changed.isReadOnly() != null) {
            readOnly = changed.isReadOnly();
        }
        return new ConnectionPropertiesImpl(
                autoCommit, readOnly, MetadataResults.TRANSACTION_ISOLATION, null, MetadataResults.SCHEMA);
    }

    /** Refuses what changes something where that is not allowed. */
    synchronized void checkWritable() {
        if (readOnly) {
            throw new MillraceException(
                    ErrorCode.READ_ONLY_CONNECTION, "cannot change anything on a read-only connection");
        }
        if (!autoCommit) {
            throw MillraceException.notSupported("a write in a transaction", null)
                    .withHint("Set auto-commit on.");
        }
    }
}
