package io.millrace.server.net;

import io.millrace.settings.ByteSize;
import io.millrace.settings.Setting;
import io.millrace.settings.SettingsSchema;
import java.time.Duration;

/** Where the server listens and how much it lets a client take. */
public record NetworkSettings(
        @Setting(key = "server.host", value = "127.0.0.1", option = "--host", description = "the address to listen on")
        String host,

        @Setting(
                key = "server.port",
                value = "8765",
                max = 65_535,
                option = "--port",
                description = "the port to listen on; 0 for any free one")
        int port,

        @Setting(
                key = "limits.tcp-connections",
                value = "4000",
                min = 1,
                description = "open TCP connections; one more is closed as soon as it is accepted")
        int maxConnections,

        @Setting(
                key = "limits.tcp-connections-per-address",
                value = "1000",
                min = 1,
                description = "open TCP connections of one address; for one more the oldest that has never sent a"
                        + " request is closed, or itself if there is none")
        int maxConnectionsPerAddress,

        @Setting(
                key = RequestGuard.REQUEST_SIZE,
                value = "64MiB",
                min = 1 << 10,
                max = 1 << 30,
                description = "of the body of an HTTP request")
        ByteSize maxBody,

        @Setting(
                key = RequestGuard.REQUEST_MEMORY,
                value = "2%",
                min = 1 << 10,
                description = "of the bodies of all requests that are being read or answered; what is made of them"
                        + " takes some twelve times as much")
        ByteSize requestMemory,

        @Setting(
                key = RequestDeadlines.HEADER_TIMEOUT,
                value = "10s",
                min = 1,
                description =
                        "for all of a request's head, from its first byte; also for a new connection's" + " first byte")
        Duration headerTimeout,

        @Setting(
                key = RequestDeadlines.BODY_TIMEOUT,
                value = "30s",
                min = 1,
                description = "for all of a request's body")
        Duration bodyTimeout,

        @Setting(
                key = "limits.keep-alive",
                value = "10m",
                min = 1,
                description = "between an answer and the next request on a TCP connection")
        Duration idleTimeout) {
    public static final int MAX_REQUEST_LINE_BYTES = 4 << 10;
    public static final int MAX_HEADER_BYTES = 8 << 10;
    public static final int BACKLOG = 1024;

    /** The same limits elsewhere. */
    public NetworkSettings at(String newHost, int newPort) {
        return new NetworkSettings(
                newHost,
                newPort,
                maxConnections,
                maxConnectionsPerAddress,
                maxBody,
                requestMemory,
                headerTimeout,
                bodyTimeout,
                idleTimeout);
    }

    /** The defaults but for the address. */
    public static NetworkSettings defaults(String host, int port) {
        return new SettingsSchema(NetworkSettings.class)
                .defaults()
                .with("server.host", host, "program")
                .with("server.port", Integer.toString(port), "program")
                .area(NetworkSettings.class);
    }
}
