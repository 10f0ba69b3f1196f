package io.millrace.server.connector;

import java.util.List;

/**
 * Where a socket source reads.
 *
 * @param listen true to accept clients, false to connect to one server and again when it goes away
 */
record SocketOptions(String host, int port, boolean listen) {
    static SocketOptions of(ConnectorOptions options) {
        boolean listen =
                options.choice("mode", "connect", List.of("connect", "listen")).equals("listen");
        String host = options.optional("host");
        return new SocketOptions(host == null ? "localhost" : host, options.port("port"), listen);
    }

    String address() {
        return host + ":" + port;
    }
}
