package io.millrace.jdbc;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.apache.calcite.avatica.Meta.StatementHandle;
import org.jspecify.annotations.Nullable;

/**
 * Asks for rows, cancels, and keeps what is open alive. Requests, big-endian:
 *
 * <pre>
 * fetch   u8 version | UTF connection | i32 statement | i64 offset | i32 maxRows | i32 waitMillis
 * cancel  u8 version | UTF connection | i32 statement
 * alive   u8 version | UTF connection
 * meta    u8 version | UTF connection | UTF question | u8 arguments | (u8 given | UTF argument) ...
 * </pre>
 *
 * Fetching is idempotent: the offset is the number of the first row wanted.
 */
final class FetchClient {
    static final int VERSION = 1;
    /** The server answers a fetch within this time, with an empty frame if no row has come. */
    static final int WAIT_MILLIS = 1000;

    private static final Duration FETCH_TIMEOUT = Duration.ofSeconds(30);
    private static final Duration CANCEL_TIMEOUT = Duration.ofSeconds(10);

    private final HttpTransport transport;
    private final RemoteCalls calls;

    FetchClient(HttpTransport transport, RemoteCalls calls) {
        this.transport = transport;
        this.calls = calls;
    }

    RemoteCalls calls() {
        return calls;
    }

    /** Waits for rows in this thread. */
    ColumnFrame fetch(Execution run, StatementHandle handle, long offset, int maxRows)
            throws SQLException, IOException {
        return FrameReader.read(run.await(exchange(handle, offset, maxRows)).body());
    }

    /** Lets another thread wait for rows. */
    CompletableFuture<ColumnFrame> fetchAhead(StatementHandle handle, long offset, int maxRows) {
        return HttpTransport.later(exchange(handle, offset, maxRows)).thenApply(answer -> {
            try {
                return FrameReader.read(answer.body());
            } catch (SQLException refused) {
                throw new CompletionException(refused);
            }
        });
    }

    private HttpExchange exchange(StatementHandle handle, long offset, int maxRows) {
        byte[] request = request(handle.connectionId, out -> {
            out.writeInt(handle.id);
            out.writeLong(offset);
            out.writeInt(maxRows);
            out.writeInt(WAIT_MILLIS);
        });
        return transport.post("millrace/fetch", request, Map.of(), FETCH_TIMEOUT);
    }

    /**
     * Ends what the statement runs now on the server; the statement stays usable.
     *
     * @param unanswered names the request that started it and may yet reach the server, which then refuses it
     */
    CompletableFuture<Answer> cancel(StatementHandle handle, @Nullable RequestId unanswered) {
        byte[] request = request(handle.connectionId, out -> out.writeInt(handle.id));
        return HttpTransport.later(transport.post(
                "millrace/cancel", request, unanswered == null ? Map.of() : unanswered.header(), CANCEL_TIMEOUT));
    }

    /** Says that the connection's results are still read; what comes of it does not matter. */
    void keepAlive(String connectionId) {
        HttpTransport.later(
                transport.post("millrace/alive", request(connectionId, out -> {}), Map.of(), CANCEL_TIMEOUT));
    }

    /** A question about metadata; an argument that is null is left out. */
    static byte[] describe(String connectionId, MetadataQuestion question, @Nullable String... arguments) {
        return request(connectionId, out -> {
            out.writeUTF(question.name());
            out.writeByte(arguments.length);
            for (String argument : arguments) {
                out.writeByte(argument == null ? 0 : 1);
                if (argument != null) {
                    out.writeUTF(argument);
                }
            }
        });
    }

    private interface Body {
        void write(DataOutputStream out) throws IOException;
    }

    private static byte[] request(String connectionId, Body body) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(80);
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeByte(VERSION);
            out.writeUTF(connectionId);
            body.write(out);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return bytes.toByteArray();
    }
}
