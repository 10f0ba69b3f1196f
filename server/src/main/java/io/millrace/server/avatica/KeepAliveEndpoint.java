package io.millrace.server.avatica;

import io.millrace.server.net.HttpEndpoint;
import io.millrace.server.net.HttpExchange;

/** A client tells that it still reads its results, though it does not fetch just now. */
final class KeepAliveEndpoint implements HttpEndpoint {
    private final ClientRegistry clients;

    KeepAliveEndpoint(ClientRegistry clients) {
        this.clients = clients;
    }

    @Override
    public void handle(HttpExchange exchange) {
        try {
            clients.keepAlive(CursorRequest.readConnection(exchange.body()), exchange.peer());
            exchange.respond(200, FetchEndpoint.BINARY, CancelEndpoint.DONE);
        } catch (RuntimeException | Error failure) {
            FetchEndpoint.fail(exchange, failure);
        }
    }
}
