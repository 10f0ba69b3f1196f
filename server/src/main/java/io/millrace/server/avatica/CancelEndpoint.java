package io.millrace.server.avatica;

import io.millrace.error.ErrorCode;
import io.millrace.error.MillraceException;
import io.millrace.server.net.HttpEndpoint;
import io.millrace.server.net.HttpExchange;
import java.util.concurrent.Executor;

/**
 * Ends the running query of a statement, which stays usable. A client that names the request which started it is answered
 * when that request can start nothing any more, because it has been carried out or will be refused when it comes.
 */
final class CancelEndpoint implements HttpEndpoint {
    static final byte[] DONE = {ResultFrames.VERSION, 0};

    private final ClientRegistry clients;
    private final ReplyCache replies;
    private final Executor workers;

    CancelEndpoint(ClientRegistry clients, ReplyCache replies, Executor workers) {
        this.clients = clients;
        this.replies = replies;
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
            MillraceException reason = new MillraceException(ErrorCode.CANCELLED, "query cancelled");
            OpenStatement statement = clients.statement(request.connectionId(), request.statementId(), exchange.peer());
            statement.cancel(reason);
            String number = exchange.header(RequestNumber.HEADER);
            if (number == null) {
                exchange.respond(200, FetchEndpoint.BINARY, DONE);
                return;
            }
            RequestNumber.parse(number);
            replies.refuse(number, reason).thenRun(() -> {
                statement.cancel(reason);
                exchange.respond(200, FetchEndpoint.BINARY, DONE);
            });
        } catch (RuntimeException | Error failure) {
            FetchEndpoint.fail(exchange, failure);
        }
    }
}
