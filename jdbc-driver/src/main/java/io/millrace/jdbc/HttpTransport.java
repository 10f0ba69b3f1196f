package io.millrace.jdbc;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/** Posts bodies to the server; any number at the same time, each on a socket of its own. */
final class HttpTransport {
    private static final String WARNING = "X-Millrace-Warning";
    private static final String ROWS_AT = "X-Millrace-Rows-At";
    private static final int MAX_DIGITS = 9;

    private final ConnectionSettings settings;
    private final HttpClient client;

    HttpTransport(ConnectionSettings settings) {
        this.settings = settings;
        this.client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(settings.connectTimeout())
                .followRedirects(HttpClient.Redirect.NEVER)
                .proxy(HttpClient.Builder.NO_PROXY)
                .executor(Runnable::run) // what follows an answer is short, and a further thread would cost more
                .build();
    }

    /**
     * An answer.
     *
     * @param rows a frame of rows that stood behind the body; null when none did
     * @param warnings each as {@code <SQLSTATE> <text, percent-encoded>}
     */
    record Answer(byte[] body, byte @Nullable [] rows, List<String> warnings) {
        static Answer of(byte[] whole, HttpHeaders headers) {
            List<String> warnings = headers.allValues(WARNING);
            String place = headers.firstValue(ROWS_AT).orElse(null);
            if (place == null) {
                return new Answer(whole, null, warnings);
            }
            int at = place.length() <= MAX_DIGITS && place.chars().allMatch(c -> c >= '0' && c <= '9')
                    ? Integer.parseInt(place)
                    : Integer.MAX_VALUE;
            if (at > whole.length) {
                throw new CompletionException(SqlErrors.of(SqlErrors.PROTOCOL, "malformed answer of the server"));
            }
            return new Answer(Arrays.copyOf(whole, at), Arrays.copyOfRange(whole, at, whole.length), warnings);
        }
    }

    /** The body of the answer; fails with an IOException when there was none, with a SQLException when it is final. */
    CompletableFuture<byte[]> post(String path, byte[] body, Map<String, String> headers, Duration timeout) {
        return exchange(path, body, headers, timeout).thenApply(Answer::body);
    }

    /** As {@link #post}, with the warnings. */
    CompletableFuture<Answer> exchange(String path, byte[] body, Map<String, String> headers, Duration timeout) {
        HttpRequest.Builder request = HttpRequest.newBuilder(settings.httpRoot().resolve(path))
                .timeout(timeout)
                .header("Content-Type", "application/octet-stream")
                .POST(HttpRequest.BodyPublishers.ofByteArray(body));
        String authorization = settings.authorization();
        if (authorization != null) {
            request.header("Authorization", authorization);
        }
        headers.forEach(request::header);
        return client.sendAsync(request.build(), HttpResponse.BodyHandlers.ofByteArray())
                .thenApply(response -> Answer.of(body(response), response.headers()));
    }

    private static byte[] body(HttpResponse<byte[]> response) {
        int status = response.statusCode();
        switch (status) {
            case 200:
            case 400:
            case 500:
                return response.body();
            case 413:
                throw new CompletionException(SqlErrors.of(
                        SqlErrors.LIMIT, "the statement is larger than the server allows. Send smaller batches"));
            case 401:
            case 403:
                throw new CompletionException(
                        SqlErrors.of(SqlErrors.REFUSED, "user or password is wrong (HTTP status " + status + ")"));
            case 408:
            case 429:
            case 502:
            case 503:
            case 504:
                throw new CompletionException(new IOException("the server answered HTTP status " + status));
            default:
                throw new CompletionException(notMillrace(status));
        }
    }

    private static SQLException notMillrace(int status) {
        return SqlErrors.of(SqlErrors.PROTOCOL, "what answers is no Millrace server (HTTP status " + status + ")");
    }
}
