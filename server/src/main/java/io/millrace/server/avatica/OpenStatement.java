package io.millrace.server.avatica;

import io.millrace.error.ErrorCode;
import io.millrace.error.MillraceException;
import io.millrace.server.net.Peer;
import io.millrace.server.statement.PreparedSql;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A statement of a client, with what was prepared in it and the result of its last execution. Thread-safe. */
final class OpenStatement {
    private static final long NEVER = Long.MIN_VALUE;
    private static final long POOL_IDLE_NANOS = TimeUnit.SECONDS.toNanos(25);

    private final int id;
    private @Nullable PreparedSql prepared;
    private @Nullable OpenResult result;
    private long maxRows;
    private boolean closed;
    private Peer lastPeer;
    private long lastUsed;
    private long goneSince = NEVER;

    OpenStatement(int id, Peer peer, long now) {
        this.id = id;
        this.lastPeer = peer;
        this.lastUsed = now;
    }

    int id() {
        return id;
    }

    synchronized void use(Peer peer, long now) {
        lastPeer = peer;
        lastUsed = now;
        goneSince = NEVER;
    }

    synchronized void prepared(PreparedSql sql, long maximum) {
        prepared = sql;
        maxRows = maximum;
    }

    synchronized @Nullable PreparedSql preparedIfAny() {
        return prepared;
    }

    synchronized PreparedSql prepared() {
        if (prepared == null) {
            throw new MillraceException(
                    ErrorCode.UNDEFINED_STATEMENT, "statement " + id + " was not prepared with a text");
        }
        return prepared;
    }

    /** The most rows that a prepared statement's result has; 0: no limit. */
    synchronized long maxRows() {
        return maxRows;
    }

    synchronized OpenResult result() {
        if (result == null) {
            throw new MillraceException(ErrorCode.UNDEFINED_CURSOR, "statement " + id + " has no result");
        }
        return result;
    }

    /** Ends the result of the last execution, before the next. */
    void dropResult() {
        OpenResult previous;
        synchronized (this) {
            previous = result;
            result = null;
        }
        if (previous != null) {
            previous.close(new MillraceException(
                    ErrorCode.UNDEFINED_CURSOR, "the result was closed by the next execution of its statement"));
        }
    }

    void result(OpenResult next) {
        synchronized (this) {
            if (!closed) {
                result = next;
                return;
            }
        }
        MillraceException reason = closedError();
        next.close(reason);
        throw reason;
    }

    /** Cancels what runs; the statement can be executed again. */
    void cancel(MillraceException reason) {
        OpenResult running;
        synchronized (this) {
            running = result;
        }
        if (running != null && running.isRunning()) {
            running.cancel(reason);
        }
    }

    void close() {
        OpenResult open;
        synchronized (this) {
            closed = true;
            open = result;
        }
        if (open != null) {
            open.close(closedError());
        }
    }

    private MillraceException closedError() {
        return new MillraceException(ErrorCode.UNDEFINED_STATEMENT, "statement " + id + " was closed");
    }

    /** For how long it has been neither used nor running; negative when it runs. */
    long idleNanos(long now) {
        OpenResult open;
        synchronized (this) {
            open = result;
        }
        return open != null && open.isRunning() ? -1 : now - lastUse();
    }

    private synchronized long lastUse() {
        return lastUsed;
    }

    /** Ends a running query whose client has vanished or does not fetch. */
    void expire(long now, AvaticaSettings settings) {
        OpenResult running;
        String reason;
        synchronized (this) {
            running = result;
            if (running == null || !running.isRunning()) {
                return;
            }
            reason = expiry(running, now, settings);
        }
        if (reason != null) {
            running.close(new MillraceException(ErrorCode.ABANDONED, reason));
        }
    }

    private @Nullable String expiry(OpenResult running, long now, AvaticaSettings settings) {
        if (!lastPeer.isOpen()) {
            if (goneSince == NEVER) {
                goneSince = now;
            }
            // a connection that has been idle is also closed by the pool of a client that is there
            if (goneSince - lastUsed < POOL_IDLE_NANOS) {
                return now - goneSince >= settings.vanishedTimeout().toNanos()
                        ? "query cancelled: its client has gone"
                        : null;
            }
        } else {
            goneSince = NEVER;
            if (running.isParked()) {
                lastUsed = now;
            }
        }
        return now - lastUsed >= settings.silentTimeout().toNanos()
                ? "query cancelled: its rows were not fetched for "
                        + settings.silentTimeout().toSeconds() + " s"
                : null;
    }
}
