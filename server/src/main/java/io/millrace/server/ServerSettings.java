package io.millrace.server;

import io.millrace.executor.EngineSettings;
import java.nio.file.Path;

/**
 * How a server runs.
 *
 * @param host the address to listen on
 * @param port 0 for any free one
 * @param engine how the engine runs, with the data directory
 * @param boundedTimeoutMillis after which a bounded statement fails with 57014
 */
public record ServerSettings(String host, int port, EngineSettings engine, long boundedTimeoutMillis) {
    public static final String DEFAULT_HOST = "127.0.0.1";
    public static final int DEFAULT_PORT = 8765;
    public static final long DEFAULT_BOUNDED_TIMEOUT_MILLIS = 60_000;

    public static ServerSettings defaults(Path dataDirectory) {
        return new ServerSettings(
                DEFAULT_HOST, DEFAULT_PORT, EngineSettings.defaults(dataDirectory), DEFAULT_BOUNDED_TIMEOUT_MILLIS);
    }

    public ServerSettings withPort(int newPort) {
        return new ServerSettings(host, newPort, engine, boundedTimeoutMillis);
    }
}
