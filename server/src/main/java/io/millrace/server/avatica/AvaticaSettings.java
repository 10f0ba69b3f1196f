package io.millrace.server.avatica;

import java.time.Duration;

/**
 * What clients may hold, and for how long.
 *
 * @param vanishedTimeout after which the running query of a client whose TCP connection is gone is ended
 * @param silentTimeout after which a running query that nobody fetches from is ended though its client is connected
 * @param idleTimeout after which a connection without requests is closed
 * @param pollTimeout how long a fetch of a foreign client waits for rows before it is answered without any
 * @param workers threads that execute statements
 */
public record AvaticaSettings(
        int maxConnections,
        int maxStatementsPerConnection,
        Duration vanishedTimeout,
        Duration silentTimeout,
        Duration idleTimeout,
        Duration pollTimeout,
        int workers) {
    public static final AvaticaSettings DEFAULT = new AvaticaSettings(
            2_000,
            1_000,
            Duration.ofSeconds(8),
            Duration.ofMinutes(5),
            Duration.ofMinutes(30),
            Duration.ofSeconds(1),
            16);
}
