package io.millrace.server.avatica;

import io.millrace.error.ErrorCode;
import io.millrace.error.Limit;
import io.millrace.error.MillraceException;
import io.millrace.server.net.Peer;
import io.millrace.server.session.Session;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.calcite.avatica.ConnectionPropertiesImpl;
import org.apache.calcite.avatica.Meta;
import org.jspecify.annotations.Nullable;

/** An open connection of the protocol; any number of TCP connections may carry it. Thread-safe. */
final class ClientConnection {
    /** A statement may be closed for another after this time; its client can prepare it again. */
    private static final long IDLE_STATEMENT_NANOS = TimeUnit.SECONDS.toNanos(10);

    private final Session session;
    private final String host;
    private final int maxStatements;
    private final Map<Integer, OpenStatement> statements = new ConcurrentHashMap<>();
    private final AtomicInteger nextStatement = new AtomicInteger();
    private boolean autoCommit = true;
    private boolean readOnly;
    private volatile boolean closed;
    private volatile @Nullable ConnectionProducer producer;
    private volatile long lastUsed;

    ClientConnection(Session session, String host, int maxStatements, long now) {
        this.host = host;
        this.session = session;
        this.maxStatements = maxStatements;
        this.lastUsed = now;
    }

    Session session() {
        return session;
    }

    /** Returns the epoch of the producer; 0 for none. */
    int writeAs(@Nullable ConnectionProducer writer) {
        producer = writer;
        return writer == null ? 0 : writer.epoch();
    }

    /** Null when the client has not said whom it writes as. */
    @Nullable
    ConnectionProducer producer() {
        return producer;
    }

    void use(long now) {
        lastUsed = now;
    }

    /** A number that no statement has. */
    int newStatementId() {
        return nextStatement.getAndIncrement();
    }

    OpenStatement open(Peer peer, long now) {
        if (statements.size() >= maxStatements && !closeIdleStatement(now)) {
            throw Limit.exceeded(
                            ErrorCode.TOO_MANY_CONNECTIONS,
                            "the connection has too many open statements",
                            maxStatements,
                            AvaticaSettings.STATEMENTS,
                            null)
                    .withHint("Close statements that are no longer used. " + Limit.hint(AvaticaSettings.STATEMENTS));
        }
        OpenStatement statement = new OpenStatement(newStatementId(), peer, now);
        statements.put(statement.id(), statement);
        if (closed) {
            closeStatement(statement.id());
        }
        return statement;
    }

    /** Closes the statement that has been idle longest; false when all are in use. */
    private boolean closeIdleStatement(long now) {
        OpenStatement oldest = null;
        long longest = IDLE_STATEMENT_NANOS;
        for (OpenStatement statement : statements.values()) {
            long idle = statement.idleNanos(now);
            if (idle >= longest) {
                longest = idle;
                oldest = statement;
            }
        }
        if (oldest != null) {
            closeStatement(oldest.id());
        }
        return oldest != null;
    }

    /** For how long nothing has been done with it; negative while a query of it runs. */
    long idleNanos(long now) {
        for (OpenStatement statement : statements.values()) {
            if (statement.idleNanos(now) < 0) {
                return -1;
            }
        }
        return now - lastUsed;
    }

    boolean hasStatements() {
        return !statements.isEmpty();
    }

    /** The address it was opened from. */
    String host() {
        return host;
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
        ConnectionProducer writer = producer;
        if (writer != null) {
            writer.check();
        }
        if (!autoCommit) {
            throw MillraceException.notSupported("a write in a transaction", null)
                    .withHint("Set auto-commit on.");
        }
    }
}
