package io.millrace.server.connector;

import java.util.List;

/**
 * Where a socket source reads.
 *
 * @param listen true to accept clients, false to connect to one server and again when it goes away
 * @param handshake whether clients say who they are, and number their lines
 */
record SocketOptions(String host, int port, boolean listen, boolean handshake) {
    static SocketOptions of(ConnectorOptions options) {
        boolean listen =
                options.choice("mode", "connect", List.of("connect", "listen")).equals("listen");
        boolean handshake = options.flag("handshake", false);
        if (handshake && !listen) {
            throw options.invalid("option 'handshake' needs mode 'listen'");
        }
        String host = options.optional("host");
        return new SocketOptions(host == null ? "localhost" : host, options.port("port"), listen, handshake);
    }

    String address() {
        return host + ":" + port;
    }
}
