package io.millrace.jdbc;

import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The connections to the server that are not in use just now; the one used last is used first. Thread-safe. */
final class HttpPool {
    /** One is in use for each statement that waits, so that a program with many has as many idle at times. */
    private static final int MOST_IDLE = 256;
    /** The server tells by one that is closed sooner that its client has gone. */
    private static final Duration LONGEST_IDLE = Duration.ofSeconds(30);

    private final int mostIdle;
    private final Duration longestIdle;
    private final Deque<HttpConnection> idle = new ArrayDeque<>();
    private boolean isClosed;
    private boolean sweeps;

    HttpPool() {
        this(MOST_IDLE, LONGEST_IDLE);
    }

    HttpPool(int mostIdle, Duration longestIdle) {
        this.mostIdle = mostIdle;
        this.longestIdle = longestIdle;
    }

    /** Takes one that the server has not closed; null when there is none. */
    @Nullable
    HttpConnection poll() {
        for (HttpConnection last = pollLast(); last != null; last = pollLast()) {
            if (!last.isStale()) {
                return last;
            }
            last.close();
        }
        return null;
    }

    private synchronized @Nullable HttpConnection pollLast() {
        return idle.pollLast();
    }

    /** Takes back a connection after its request. */
    void giveBack(HttpConnection connection) {
        HttpConnection surplus = connection;
        if (connection.isReusable()) {
            connection.idleFrom(System.nanoTime());
            surplus = keep(connection);
        }
        if (surplus != null) {
            surplus.close();
        }
    }

    /** Returns the one that is too many. */
    private synchronized @Nullable HttpConnection keep(HttpConnection connection) {
        if (isClosed) {
            return connection;
        }
        idle.addLast(connection);
        sweepLater();
        return idle.size() > mostIdle ? idle.pollFirst() : null;
    }

    /** The server is gone, or another one in its place: the connections to the old one are of no use. */
    void clear() {
        List<HttpConnection> useless;
        synchronized (this) {
            useless = new ArrayList<>(idle);
            idle.clear();
        }
        useless.forEach(HttpConnection::close);
    }

    /** Closes the idle ones; one in use is closed when it is given back. */
    void close() {
        synchronized (this) {
            isClosed = true;
        }
        clear();
    }

    synchronized int size() {
        return idle.size();
    }

    private void sweepLater() {
        if (sweeps) {
            return;
        }
        sweeps = true;
        WeakReference<HttpPool> self = new WeakReference<>(this);
        CompletableFuture.delayedExecutor(longestIdle.toMillis(), TimeUnit.MILLISECONDS, DriverThreads.EXECUTOR)
                .execute(() -> sweep(self));
    }

    private static void sweep(WeakReference<HttpPool> reference) {
        HttpPool self = reference.get();
        if (self != null) {
            self.expired(System.nanoTime()).forEach(HttpConnection::close);
        }
    }

    private synchronized List<HttpConnection> expired(long now) {
        sweeps = false;
        List<HttpConnection> expired = new ArrayList<>();
        while (!idle.isEmpty() && now - idle.getFirst().idleSince() >= longestIdle.toNanos()) {
            expired.add(idle.removeFirst());
        }
        if (!idle.isEmpty()) {
            sweepLater();
        }
        return expired;
    }
}
