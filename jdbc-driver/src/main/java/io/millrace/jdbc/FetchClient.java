package io.millrace.jdbc;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.apache.calcite.avatica.Meta.StatementHandle;

/**
 * Asks for rows and cancels. Requests, big-endian:
 *
 * <pre>
 * fetch   u8 version | UTF connection | i32 statement | i64 offset | i32 maxRows | i32 waitMillis
 * cancel  u8 version | UTF connection | i32 statement
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

    CompletableFuture<ColumnFrame> fetch(StatementHandle handle, long offset, int maxRows) {
        byte[] request = request(handle, out -> {
            out.writeLong(offset);
            out.writeInt(maxRows);
            out.writeInt(WAIT_MILLIS);
        });
        return transport.post("millrace/fetch", request, null, FETCH_TIMEOUT).thenApply(body -> {
            try {
                return FrameReader.read(body);
            } catch (SQLException refused) {
                throw new CompletionException(refused);
            }
        });
    }

    /** Ends what the statement runs now on the server; the statement stays usable. */
    CompletableFuture<byte[]> cancel(StatementHandle handle) {
        return transport.post("millrace/cancel", request(handle, out -> {}), null, CANCEL_TIMEOUT);
    }

    private interface Body {
        void write(DataOutputStream out) throws IOException;
    }

    private static byte[] request(StatementHandle handle, Body body) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(80);
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeByte(VERSION);
            out.writeUTF(handle.connectionId);
            out.writeInt(handle.id);
            body.write(out);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return bytes.toByteArray();
    }
}
