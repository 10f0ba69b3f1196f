package io.millrace.server.avatica;

import io.millrace.error.ErrorCode;
import io.millrace.error.MillraceException;
import io.millrace.plan.OutputColumn;
import io.millrace.server.net.HttpEndpoint;
import io.millrace.server.net.HttpExchange;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.util.List;

/** Rows for our driver, in columns; a fetch waits on the event loop. */
final class FetchEndpoint implements HttpEndpoint {
    static final String BINARY = "application/octet-stream";

    static final int MAX_ROWS = 1 << 16;
    private static final int MAX_WAIT_MILLIS = 30_000;

    private final ClientRegistry clients;

    FetchEndpoint(ClientRegistry clients) {
        this.clients = clients;
    }

    @Override
    public void handle(HttpExchange exchange) {
        try {
            fetch(exchange);
        } catch (RuntimeException | Error failure) {
            fail(exchange, failure);
        }
    }

    private void fetch(HttpExchange exchange) {
        ByteBuf body = exchange.body();
        CursorRequest request = CursorRequest.read(body);
        if (body.readableBytes() != 16) {
            throw new MillraceException(ErrorCode.PROTOCOL_VIOLATION, "malformed request");
        }
        long offset = body.readLong();
        int maxRows = Math.min(body.readInt(), MAX_ROWS);
        int waitMillis = Math.min(body.readInt(), MAX_WAIT_MILLIS);
        if (maxRows <= 0) {
            throw new MillraceException(ErrorCode.PROTOCOL_VIOLATION, "a fetch must ask for at least one row");
        }
        OpenStatement statement = clients.statement(request.connectionId(), request.statementId(), exchange.peer());
        OpenResult result = statement.result();
        List<OutputColumn> columns = result.columns();
        ParkedFetch.Reply reply = new ParkedFetch.Reply() {
            @Override
            public void frame(ResultFrame frame) {
                exchange.respond(200, BINARY, ResultFrames.encode(frame, columns, ByteBufAllocator.DEFAULT));
            }

            @Override
            public void failed(Throwable failure) {
                fail(exchange, failure);
            }
        };
        result.fetch(new ParkedFetch(offset, maxRows, reply, exchange.eventLoop()), waitMillis, exchange.eventLoop());
    }

    static void fail(HttpExchange exchange, Throwable failure) {
        exchange.respond(200, BINARY, ResultFrames.encode(Failure.of(failure), ByteBufAllocator.DEFAULT));
    }
}
