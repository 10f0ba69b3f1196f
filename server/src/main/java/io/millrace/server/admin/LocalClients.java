package io.millrace.server.admin;

import com.google.common.net.HostAndPort;
import com.google.common.net.InetAddresses;
import io.millrace.server.net.HttpExchange;
import org.jspecify.annotations.Nullable;

/** Tells clients on the same machine from others, and from web pages that pretend to be one. */
final class LocalClients {
    private LocalClients() {}

    static boolean isLocal(HttpExchange exchange) {
        String peer = exchange.peer().host();
        return InetAddresses.isInetAddress(peer)
                && InetAddresses.forString(peer).isLoopbackAddress();
    }

    /**
     * False for a request that a browser on this machine makes for a page whose host name was bound to this machine's
     * address: then the name it asks for is that of the page.
     */
    static boolean isMeant(HttpExchange exchange) {
        return !isLocal(exchange) || isOwnName(exchange.header("host"));
    }

    private static boolean isOwnName(@Nullable String header) {
        if (header == null) {
            return false;
        }
        try {
            String host = HostAndPort.fromString(header).getHost();
            return host.equalsIgnoreCase("localhost") || InetAddresses.isInetAddress(host);
        } catch (IllegalArgumentException malformed) {
            return false;
        }
    }
}
