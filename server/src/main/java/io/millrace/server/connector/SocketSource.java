package io.millrace.server.connector;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads lines from TCP sockets: connects to a server, and again with back-off when it goes away, or listens for clients.
 * A thread per connection, blocked in its read: when the log is slow the thread is, and TCP slows the writer.
 */
final class SocketSource implements SourceConnector {
    private static final Logger LOGGER = LoggerFactory.getLogger(SocketSource.class);
    private static final int CONNECT_TIMEOUT_MILLIS = 5_000;
    private static final long FIRST_BACK_OFF_MILLIS = 100;
    private static final long LAST_BACK_OFF_MILLIS = 5_000;
    private static final long CLOSE_MILLIS = 10_000;

    /** Reads one connection until it ends. */
    interface Connected {
        void read(Socket socket, String source, CountDownLatch stopped, LongAdder errorRows)
                throws IOException, InterruptedException;
    }

    private final String stream;
    private final SocketOptions options;
    private final Connected connected;
    private final ThreadFactory threads;
    private final LongAdder errorRows = new LongAdder();
    private final LongAdder connections = new LongAdder();
    private final CountDownLatch stopped = new CountDownLatch(1);
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
    private final Set<Thread> running = ConcurrentHashMap.newKeySet();

    private volatile String state = "starting";
    private volatile @Nullable ServerSocket listener;

    SocketSource(String stream, SocketOptions options, Connected connected, ThreadFactory threads) {
        this.stream = stream;
        this.options = options;
        this.connected = connected;
        this.threads = threads;
    }

    @Override
    public void start() {
        if (options.listen()) {
            listen();
        } else {
            run(this::connectLoop);
        }
    }

    @Override
    public SourceStatus status() {
        ServerSocket listening = listener;
        String now =
                listening == null ? state : "listening on " + options.address() + ", " + sockets.size() + " clients";
        return new SourceStatus(now, errorRows.sum(), connections.sum());
    }

    @Override
    public void close() {
        stopped.countDown();
        closeQuietly(listener);
        sockets.forEach(SocketSource::closeQuietly);
        for (Thread thread : running) {
            join(thread);
        }
    }

    private void connectLoop() {
        long backOff = FIRST_BACK_OFF_MILLIS;
        while (stopped.getCount() > 0) {
            state = "connecting to " + options.address();
            String end = "closed by the server";
            try (Socket socket = new Socket()) {
                sockets.add(socket);
                socket.connect(new InetSocketAddress(options.host(), options.port()), CONNECT_TIMEOUT_MILLIS);
                state = "connected to " + options.address();
                backOff = FIRST_BACK_OFF_MILLIS;
                read(socket, options.address());
            } catch (IOException failure) {
                end = failure.getMessage() == null ? failure.getClass().getSimpleName() : failure.getMessage();
            } finally {
                sockets.removeIf(Socket::isClosed);
            }
            state = "waiting to connect to " + options.address() + " again: " + end;
            if (waits(backOff)) {
                return;
            }
            backOff = Math.min(2 * backOff, LAST_BACK_OFF_MILLIS);
        }
    }

    /** Binds at once, so that a client may come as soon as CREATE STREAM has returned. */
    private void listen() {
        if (!binds()) {
            run(this::bindLoop);
        }
    }

    private void bindLoop() {
        while (!waits(LAST_BACK_OFF_MILLIS)) {
            if (binds()) {
                return;
            }
        }
    }

    private boolean binds() {
        try {
            ServerSocket socket = new ServerSocket();
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(options.host(), options.port()));
            listener = socket;
            run(() -> acceptLoop(socket));
            return true;
        } catch (IOException failure) {
            state = "waiting to listen on " + options.address() + ": " + failure.getMessage();
            LOGGER.warn("stream \"{}\": {}", stream, state);
            return false;
        }
    }

    private void acceptLoop(ServerSocket socket) {
        while (stopped.getCount() > 0) {
            try {
                Socket client = socket.accept();
                sockets.add(client);
                run(() -> serve(client));
            } catch (IOException failure) {
                if (stopped.getCount() > 0) {
                    LOGGER.warn("stream \"{}\": a client could not be accepted: {}", stream, failure.getMessage());
                    waits(FIRST_BACK_OFF_MILLIS);
                }
            }
        }
    }

    private void serve(Socket client) {
        try (client) {
            read(client, String.valueOf(client.getRemoteSocketAddress()));
        } catch (IOException failure) {
            LOGGER.debug("stream \"{}\": a client went away: {}", stream, failure.getMessage());
        } finally {
            sockets.remove(client);
        }
    }

    private void read(Socket socket, String source) throws IOException {
        connections.increment();
        try {
            connected.read(socket, source, stopped, errorRows);
        } catch (InterruptedException interrupted) {
            LOGGER.error("stream \"{}\": {}", stream, interrupted.getMessage());
        }
    }

    private boolean waits(long millis) {
        try {
            return stopped.await(millis, TimeUnit.MILLISECONDS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return true;
        }
    }

    private void run(Runnable task) {
        Thread thread = threads.newThread(() -> {
            try {
                task.run();
            } catch (RuntimeException failure) {
                state = "failed: " + failure.getMessage();
                LOGGER.error("stream \"{}\": its source failed", stream, failure);
            } finally {
                running.remove(Thread.currentThread());
            }
        });
        running.add(thread);
        thread.start();
    }

    private static void join(Thread thread) {
        try {
            thread.join(CLOSE_MILLIS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private static void closeQuietly(@Nullable AutoCloseable closeable) {
        try {
            if (closeable != null) {
                closeable.close();
            }
        } catch (Exception failure) {
            LOGGER.debug("closing a socket failed: {}", failure.getMessage());
        }
    }
}
