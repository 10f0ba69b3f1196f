package io.millrace.jdbc;

import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.ConnectionReuseStrategy;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.HttpStatus;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.http.impl.DefaultConnectionReuseStrategy;
import org.apache.hc.core5.http.impl.io.DefaultBHttpClientConnection;
import org.apache.hc.core5.http.io.entity.EntityTemplate;
import org.apache.hc.core5.util.Timeout;
import org.jspecify.annotations.Nullable;

/**
 * A TCP connection to the server, for one request at a time. It blocks the thread that uses it; any other thread may
 * close it, and an interrupt does, and what blocks then fails.
 */
final class HttpConnection implements Closeable {
    /** What fits, head and body, goes in one packet and costs the server one read. */
    private static final int BUFFER_BYTES = 16 << 10;
    /** The JDK keeps a buffer outside of the heap for each thread, as large as its largest read or write. */
    private static final int PIECE_BYTES = 64 << 10;
    /** A greater length is not believed before the bytes have come. */
    private static final int BELIEVED_BYTES = 16 << 20;

    private static final Http1Config BUFFERS =
            Http1Config.custom().setBufferSize(BUFFER_BYTES).build();
    private static final ConnectionReuseStrategy REUSE = DefaultConnectionReuseStrategy.INSTANCE;

    private final SocketChannel channel;
    private final DefaultBHttpClientConnection http = new DefaultBHttpClientConnection(BUFFERS);
    private boolean reusable;
    private long idleSince;

    /** Not yet connected. */
    HttpConnection() throws IOException {
        channel = SocketChannel.open();
    }

    /** @param body null when the status is one of those that mean no answer of the server's own */
    record Response(ClassicHttpResponse head, byte @Nullable [] body) {}

    void connect(InetAddress address, int port, Duration timeout) throws IOException {
        channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
        channel.setOption(StandardSocketOptions.SO_KEEPALIVE, true);
        channel.socket().connect(new InetSocketAddress(address, port), millis(timeout));
        http.bind(channel.socket());
    }

    /** Sends a request and waits for its answer; the connection is then reusable or of no more use. */
    Response exchange(ClassicHttpRequest request, byte[] body, Duration timeout) throws IOException {
        reusable = false;
        http.setSocketTimeout(Timeout.ofMilliseconds(millis(timeout)));
        request.setEntity(
                new EntityTemplate(body.length, ContentType.APPLICATION_OCTET_STREAM, null, out -> write(out, body)));
        try {
            http.sendRequestHeader(request);
            http.sendRequestEntity(request);
            http.flush();
            ClassicHttpResponse response = http.receiveResponseHeader();
            while (response.getCode() < HttpStatus.SC_OK) {
                response = http.receiveResponseHeader();
            }
            http.receiveResponseEntity(response);
            byte[] answer = isAnswer(response.getCode()) ? read(response.getEntity()) : null;
            reusable = answer != null && REUSE.keepAlive(request, response, null);
            return new Response(response, answer);
        } catch (HttpException malformed) {
            throw new IOException(malformed.getMessage(), malformed);
        }
    }

    private static boolean isAnswer(int status) {
        return status == HttpStatus.SC_OK
                || status == HttpStatus.SC_BAD_REQUEST
                || status == HttpStatus.SC_INTERNAL_SERVER_ERROR;
    }

    private static void write(OutputStream out, byte[] body) throws IOException {
        for (int at = 0; at < body.length; at += PIECE_BYTES) {
            out.write(body, at, Math.min(PIECE_BYTES, body.length - at));
        }
    }

    private static byte[] read(@Nullable HttpEntity entity) throws IOException {
        if (entity == null) {
            return new byte[0];
        }
        try (InputStream in = entity.getContent()) {
            long announced = entity.getContentLength();
            if (announced < 0 || announced > BELIEVED_BYTES) {
                return in.readAllBytes();
            }
            byte[] body = new byte[(int) announced];
            for (int at = 0; at < body.length; ) {
                int length = in.read(body, at, Math.min(PIECE_BYTES, body.length - at));
                if (length < 0) {
                    throw new EOFException("the server broke off its answer");
                }
                at += length;
            }
            return body;
        }
    }

    /** Whether another request can be sent after the last one. */
    boolean isReusable() {
        return reusable;
    }

    void idleFrom(long nanoTime) {
        idleSince = nanoTime;
    }

    long idleSince() {
        return idleSince;
    }

    /** Whether the server has closed the connection, or sent what nobody has asked for. */
    boolean isStale() {
        try {
            channel.configureBlocking(false);
            try {
                return channel.read(ByteBuffer.allocate(1)) != 0;
            } finally {
                channel.configureBlocking(true);
            }
        } catch (IOException broken) {
            return true;
        }
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException closedAnyway) {
            // the descriptor is free whatever is said here
        }
    }

    private static int millis(Duration time) {
        return (int) Math.max(1, Math.min(Integer.MAX_VALUE, time.toMillis()));
    }
}
