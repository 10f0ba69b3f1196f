package io.millrace.server.avatica;

import io.millrace.catalog.CatalogSnapshot;
import io.millrace.error.ErrorCode;
import io.millrace.error.MillraceException;
import io.millrace.server.net.HttpEndpoint;
import io.millrace.server.net.HttpExchange;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import org.apache.calcite.avatica.remote.Service;
import org.jspecify.annotations.Nullable;

/**
 * Questions of {@code DatabaseMetaData} for which Avatica's protocol has no message; the answer is one of its messages.
 *
 * <pre>
 * u8 version | UTF connection | UTF question | u8 arguments | (u8 given | UTF argument, when given) ...
 * </pre>
 */
final class MetadataEndpoint implements HttpEndpoint {
    private final ClientRegistry clients;
    private final Supplier<CatalogSnapshot> catalog;
    private final Executor workers;

    MetadataEndpoint(ClientRegistry clients, Supplier<CatalogSnapshot> catalog, Executor workers) {
        this.clients = clients;
        this.catalog = catalog;
        this.workers = workers;
    }

    private record Question(String connectionId, String name, List<@Nullable String> arguments) {}

    @Override
    public void handle(HttpExchange exchange) {
        try {
            Question question = read(exchange.body());
            workers.execute(() -> answer(exchange, question));
        } catch (RuntimeException | Error failure) {
            respond(exchange, AvaticaEndpoint.error(AvaticaCodec.PROTOBUF, failure));
        }
    }

    private void answer(HttpExchange exchange, Question question) {
        try {
            ClientConnection connection = clients.connection(question.connectionId());
            MetadataTable.Target target =
                    new MetadataTable.Target(question.connectionId(), connection.newStatementId());
            Service.Response answer =
                    new MetadataAnswers(catalog.get()).answer(question.name(), question.arguments(), target);
            respond(exchange, AvaticaEndpoint.ok(AvaticaCodec.PROTOBUF, answer));
        } catch (IOException | RuntimeException | Error failure) {
            respond(exchange, AvaticaEndpoint.error(AvaticaCodec.PROTOBUF, failure));
        }
    }

    private static void respond(HttpExchange exchange, Reply reply) {
        exchange.respond(reply.status(), reply.contentType(), reply.body());
    }

    private static Question read(ByteBuf body) {
        String connectionId = CursorRequest.readConnection(body);
        DataInputStream in = new DataInputStream(new ByteBufInputStream(body));
        try {
            String name = in.readUTF();
            int count = in.readUnsignedByte();
            List<@Nullable String> arguments = new ArrayList<>(count);
            for (int i = 0; i < count; i++) {
                arguments.add(in.readUnsignedByte() == 0 ? null : in.readUTF());
            }
            return new Question(connectionId, name, arguments);
        } catch (IOException | IndexOutOfBoundsException tooShort) {
            throw new MillraceException(ErrorCode.PROTOCOL_VIOLATION, "malformed request", tooShort);
        }
    }
}
