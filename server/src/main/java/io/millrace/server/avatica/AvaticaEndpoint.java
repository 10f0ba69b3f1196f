package io.millrace.server.avatica;

import io.millrace.catalog.CatalogSnapshot;
import io.millrace.error.ErrorCode;
import io.millrace.error.MillraceException;
import io.millrace.plan.OutputColumn;
import io.millrace.server.net.HttpEndpoint;
import io.millrace.server.net.HttpExchange;
import io.millrace.server.statement.PreparedSql;
import io.millrace.server.statement.StatementExecutor;
import io.netty.buffer.ByteBufUtil;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import org.apache.calcite.avatica.AvaticaSeverity;
import org.apache.calcite.avatica.Meta;
import org.apache.calcite.avatica.remote.Service;
import org.jspecify.annotations.Nullable;

/** Avatica's protocol over HTTP. Requests are carried out by workers; a fetch that waits for rows holds none. */
final class AvaticaEndpoint implements HttpEndpoint {
    /** A message up to this size is read on the thread that received it. */
    private static final int SMALL_BYTES = 4 << 10;

    private final ClientRegistry clients;
    private final StatementExecutor executor;
    private final Supplier<CatalogSnapshot> catalog;
    private final AvaticaSettings settings;
    private final Executor workers;
    private final RequestDispatch dispatch = new RequestDispatch();
    private final ReplyCache replies;

    AvaticaEndpoint(
            ClientRegistry clients,
            StatementExecutor executor,
            Supplier<CatalogSnapshot> catalog,
            AvaticaSettings settings,
            ReplyCache replies,
            Executor workers) {
        this.replies = replies;
        this.clients = clients;
        this.executor = executor;
        this.catalog = catalog;
        this.settings = settings;
        this.workers = workers;
    }

    @Override
    public void handle(HttpExchange exchange) {
        byte[] message = ByteBufUtil.getBytes(exchange.body());
        AvaticaCodec codec = AvaticaCodec.of(message);
        try {
            if (message.length > SMALL_BYTES) {
                workers.execute(() -> serve(exchange, codec, message));
                return;
            }
            Service.Request request = decode(codec, message);
            if (isSmall(exchange, request)) {
                serve(exchange, codec, message, request);
            } else {
                workers.execute(() -> serve(exchange, codec, message, request));
            }
        } catch (RuntimeException | Error refused) {
            respond(exchange, error(codec, refused));
        }
    }

    /** Whether it is better done on this thread, which others wait for, than on one that must be woken for it. */
    private boolean isSmall(HttpExchange exchange, Service.Request request) {
        if (!(request instanceof Service.ExecuteRequest execute)) {
            return false;
        }
        Meta.StatementHandle handle = execute.statementHandle;
        OpenStatement statement = clients.findStatement(handle.connectionId, handle.id, exchange.peer());
        PreparedSql prepared = statement == null ? null : statement.preparedIfAny();
        return prepared != null && executor.isSmall(prepared);
    }

    private static Service.Request decode(AvaticaCodec codec, byte[] message) {
        try {
            return codec.decode(message);
        } catch (IOException | RuntimeException malformed) {
            throw new MillraceException(ErrorCode.PROTOCOL_VIOLATION, "malformed or unknown request", malformed);
        }
    }

    private void serve(HttpExchange exchange, AvaticaCodec codec, byte[] message) {
        try {
            serve(exchange, codec, message, decode(codec, message));
        } catch (RuntimeException | Error failure) {
            respond(exchange, error(codec, failure));
        }
    }

    private void serve(HttpExchange exchange, AvaticaCodec codec, byte[] message, Service.Request request) {
        try {
            if (request instanceof Service.FetchRequest fetch) {
                fetch(exchange, codec, fetch);
                return;
            }
            String number = exchange.header(RequestNumber.HEADER);
            if (number == null) {
                FirstRows rows = FirstRows.of(exchange);
                respond(exchange, withRows(carryOut(exchange, codec, request, null, rows), rows));
                return;
            }
            carryOutOnce(exchange, codec, request, message, number);
        } catch (RuntimeException | Error failure) {
            respond(exchange, error(codec, failure));
        }
    }

    private void carryOutOnce(
            HttpExchange exchange, AvaticaCodec codec, Service.Request request, byte[] message, String number) {
        RequestNumber parsed = RequestNumber.parse(number);
        FirstRows rows = FirstRows.of(exchange);
        CompletableFuture<Reply> earlier = replies.claim(number, message);
        if (earlier != null) {
            earlier.thenAccept(reply -> respond(exchange, reply));
            return;
        }
        Reply reply = carryOut(exchange, codec, request, parsed, rows);
        // who asks again fetches the rows, which the result keeps for that
        replies.complete(number, reply);
        respond(exchange, withRows(reply, rows));
    }

    private static Reply withRows(Reply reply, FirstRows rows) {
        byte[] encoded = reply.status() == 200 ? rows.bytes() : null;
        return encoded == null ? reply : reply.with(encoded);
    }

    private Reply carryOut(
            HttpExchange exchange,
            AvaticaCodec codec,
            Service.Request request,
            @Nullable RequestNumber number,
            FirstRows rows) {
        try {
            Call call = new Call(
                    exchange.peer(),
                    number,
                    AppendNumber.parse(exchange.header(AppendNumber.HEADER)),
                    CallLimits.of(exchange),
                    new CallWarnings(),
                    rows,
                    new HashMap<>(),
                    codec == AvaticaCodec.JSON);
            Service service = new AvaticaService(
                    clients, new MetadataResults(catalog.get()), new StatementCalls(clients, executor, call), call);
            Service.Response response = dispatch.apply(service, request);
            String resume = rows.resumeToken();
            call.headers().put(CallWarnings.HEADER, call.warnings().headers());
            call.headers().put(CallLimits.RESUME, resume == null ? List.of() : List.of(resume));
            return ok(codec, response, call.headers());
        } catch (IOException | RuntimeException | Error failure) {
            return error(codec, failure);
        }
    }

    private void fetch(HttpExchange exchange, AvaticaCodec codec, Service.FetchRequest request) {
        OpenResult result = clients.statement(request.connectionId, request.statementId, exchange.peer())
                .result();
        List<OutputColumn> columns = result.columns();
        boolean json = codec == AvaticaCodec.JSON;
        ParkedFetch.Reply reply = new ParkedFetch.Reply() {
            @Override
            public void frame(ResultFrame frame) {
                try {
                    respond(
                            exchange,
                            ok(
                                    codec,
                                    new Service.FetchResponse(RowFrames.of(frame, columns, json), false, false, null)));
                } catch (IOException | RuntimeException | Error failure) {
                    failed(failure);
                }
            }

            @Override
            public void failed(Throwable failure) {
                respond(exchange, error(codec, failure));
            }
        };
        int maxRows = StatementCalls.frameRows(request.fetchMaxRowCount);
        result.fetch(
                new ParkedFetch(request.offset, maxRows, reply, workers),
                settings.pollTimeout().toMillis(),
                exchange.eventLoop());
    }

    private static void respond(HttpExchange exchange, Reply reply) {
        exchange.respond(reply.status(), reply.contentType(), reply.headers(), reply.body());
    }

    static Reply ok(AvaticaCodec codec, Service.Response response) throws IOException {
        return ok(codec, response, Map.of());
    }

    private static Reply ok(AvaticaCodec codec, Service.Response response, Map<String, List<String>> headers)
            throws IOException {
        return new Reply(200, codec.contentType(), codec.encode(response), Map.copyOf(headers), !isMissing(response));
    }

    private static boolean isMissing(Service.Response response) {
        return response instanceof Service.ExecuteResponse executed && executed.missingStatement
                || response instanceof Service.ExecuteBatchResponse batch && batch.missingStatement;
    }

    static Reply error(AvaticaCodec codec, Throwable cause) {
        Failure failure = Failure.of(cause);
        try {
            Service.ErrorResponse response = new Service.ErrorResponse(
                    List.of(),
                    failure.message(),
                    failure.vendorCode(),
                    failure.sqlState(),
                    AvaticaSeverity.ERROR,
                    null);
            boolean carriedOut = failure.vendorCode() != Failure.UNKNOWN_CONNECTION;
            return new Reply(500, codec.contentType(), codec.encode(response), Map.of(), carriedOut);
        } catch (IOException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
