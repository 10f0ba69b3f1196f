package io.millrace.server.net;

/**
 * Answers the requests of one path. Called on an event loop, so it must not block; it answers through the exchange,
 * then or later.
 */
@FunctionalInterface
public interface HttpEndpoint {
    void handle(HttpExchange exchange);
}
