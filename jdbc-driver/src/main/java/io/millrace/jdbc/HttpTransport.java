package io.millrace.jdbc;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.message.BasicClassicHttpRequest;
import org.jspecify.annotations.Nullable;

/** Posts bodies to the server; any number at the same time, each on a socket of its own. */
final class HttpTransport {
    private final ConnectionSettings settings;
    private final String host;
    private final @Nullable String authorization;
    private final HttpPool pool;

    HttpTransport(ConnectionSettings settings) {
        this(settings, new HttpPool());
    }

    HttpTransport(ConnectionSettings settings, HttpPool pool) {
        this.pool = pool;
        this.settings = settings;
        this.host = settings.host() + ":" + settings.port();
        this.authorization = settings.authorization();
    }

    /** A request that is sent when its answer is asked for. */
    HttpExchange post(String path, byte[] body, Map<String, String> headers, Duration timeout) {
        ClassicHttpRequest request = new BasicClassicHttpRequest("POST", "/" + path);
        request.setHeader("Host", host);
        request.setHeader("Content-Type", "application/octet-stream");
        request.setHeader("Content-Length", body.length);
        if (authorization != null) {
            request.setHeader("Authorization", authorization);
        }
        headers.forEach(request::setHeader);
        return new HttpExchange(pool, settings, request, body, timeout);
    }

    /** Asks in another thread; fails as {@link HttpExchange#answer} does. */
    static CompletableFuture<Answer> later(HttpExchange exchange) {
        return CompletableFuture.supplyAsync(
                () -> {
                    try {
                        return exchange.answer();
                    } catch (IOException | SQLException failed) {
                        throw new CompletionException(failed);
                    }
                },
                DriverThreads.EXECUTOR);
    }

    /** Asks without being disturbed by an interrupt of this thread, which remembers it. */
    Answer undisturbed(String path, byte[] body, Duration timeout) throws IOException, SQLException {
        boolean interrupted = Thread.interrupted();
        try {
            while (true) {
                try {
                    return post(path, body, Map.of(), timeout).answer();
                } catch (InterruptedIOException again) {
                    interrupted |= Thread.interrupted();
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** Closes the sockets that are not in use. */
    void close() {
        pool.close();
    }
}
