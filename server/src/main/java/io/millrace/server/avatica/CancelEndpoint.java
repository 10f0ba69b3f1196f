package io.millrace.server.avatica;

import io.millrace.error.ErrorCode;
import io.millrace.error.MillraceException;
import io.millrace.server.net.HttpEndpoint;
import io.millrace.server.net.HttpExchange;
import java.util.concurrent.Executor;

/** Ends the running query of a statement, which stays usable. */
final class CancelEndpoint implements HttpEndpoint {
    static final byte[] DONE = {ResultFrames.VERSION, 0};

    private final ClientRegistry clients;
    private final Executor workers;

    CancelEndpoint(ClientRegistry clients, Executor workers) {
        this.clients = clients;
        this.workers = workers;
    }

    @Override
    public void handle(HttpExchange exchange) {
        try {
            CursorRequest request = CursorRequest.read(exchange.body());
            workers.execute(() -> cancel(exchange, request));
        } catch (RuntimeException | Error failure) {
            FetchEndpoint.fail(exchange, failure);
        }
    }

    private void cancel(HttpExchange exchange, CursorRequest request) {
        try {
            clients.statement(request.connectionId(), request.statementId(), exchange.peer())
                    .cancel(new MillraceException(ErrorCode.CANCELLED, "query cancelled"));
            exchange.respond(200, FetchEndpoint.BINARY, DONE);
        } catch (RuntimeException | Error failure) {
            FetchEndpoint.fail(exchange, failure);
        }
    }
}
