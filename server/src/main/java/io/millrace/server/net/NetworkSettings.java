package io.millrace.server.net;

import java.time.Duration;

/**
 * Where the server listens and how much it lets a client take.
 *
 * @param port 0: any free one
 * @param maxConnections of TCP; one more is closed as soon as it is accepted
 * @param maxBodyBytes of a request
 * @param headerTimeout for all of a request's head, from its first byte; also for a new connection's first byte
 * @param bodyTimeout for all of a request's body
 * @param idleTimeout between an answer and the next request
 */
public record NetworkSettings(
        String host,
        int port,
        int maxConnections,
        int maxBodyBytes,
        Duration headerTimeout,
        Duration bodyTimeout,
        Duration idleTimeout) {
    public static final int MAX_REQUEST_LINE_BYTES = 4 << 10;
    public static final int MAX_HEADER_BYTES = 8 << 10;
    public static final int BACKLOG = 1024;

    /** The defaults. */
    public NetworkSettings(String host, int port) {
        this(host, port, 4_000, 64 << 20, Duration.ofSeconds(10), Duration.ofSeconds(30), Duration.ofMinutes(10));
    }
}
