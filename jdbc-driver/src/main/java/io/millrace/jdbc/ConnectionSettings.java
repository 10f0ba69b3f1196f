package io.millrace.jdbc;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * What a connection was asked for.
 *
 * @param reconnect whether requests are sent again over a new socket, and the connection is opened again on a server
 *     that no longer knows it
 * @param retryTimeout how long a request whose reply was lost is asked again
 * @param keepAlive how often the server is told that results are still read
 * @param producer under which what is written can be numbered
 */
record ConnectionSettings(
        String host,
        int port,
        @Nullable String user,
        @Nullable String password,
        boolean reconnect,
        Duration connectTimeout,
        Duration retryTimeout,
        Duration keepAlive,
        @Nullable String producer) {

    /** The URL without credentials and properties. */
    String url() {
        return MillraceUrl.PREFIX + "//" + host + ":" + port;
    }

    @Nullable
    String authorization() {
        if (user == null && password == null) {
            return null;
        }
        String pair = (user == null ? "" : user) + ":" + (password == null ? "" : password);
        return "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
    }
}
