package io.millrace.jdbc;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/** Posts bodies to the server; any number at the same time, each on a socket of its own. */
final class HttpTransport {
    private static final String WARNING = "X-Millrace-Warning";

    private final ConnectionSettings settings;
    private final HttpClient client;

    HttpTransport(ConnectionSettings settings) {
        this.settings = settings;
        this.client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(settings.connectTimeout())
                .followRedirects(HttpClient.Redirect.NEVER)
                .proxy(HttpClient.Builder.NO_PROXY)
                .build();
    }

    /** The body of an answer, and what it warns of, as {@code <SQLSTATE> <text, percent-encoded>}. */
    record Answer(byte[] body, List<String> warnings) {}

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
                .thenApply(response ->
                        new Answer(body(response), response.headers().allValues(WARNING)));
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
