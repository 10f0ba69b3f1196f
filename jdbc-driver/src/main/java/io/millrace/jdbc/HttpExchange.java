package io.millrace.jdbc;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.InetAddress;
import java.net.SocketTimeoutException;
import java.sql.SQLException;
import java.time.Duration;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ConnectionClosedException;
import org.apache.hc.core5.http.NoHttpResponseException;
import org.jspecify.annotations.Nullable;

/** One request and its answer, on the thread that waits for it. */
final class HttpExchange {
    private final HttpPool pool;
    private final ConnectionSettings settings;
    private final ClassicHttpRequest request;
    private final byte[] body;
    private final Duration timeout;

    private @Nullable HttpConnection connection;
    private boolean aborted;

    HttpExchange(
            HttpPool pool, ConnectionSettings settings, ClassicHttpRequest request, byte[] body, Duration timeout) {
        this.pool = pool;
        this.settings = settings;
        this.request = request;
        this.body = body;
        this.timeout = timeout;
    }

    /**
     * Sends the request and waits for its answer.
     *
     * @throws IOException when none came, so that it may be asked for again
     * @throws InterruptedIOException when the thread is interrupted, which it remains
     * @throws SQLException when the answer is a final refusal
     */
    Answer answer() throws IOException, SQLException {
        try {
            return Answer.of(response());
        } catch (IOException lost) {
            if (Thread.currentThread().isInterrupted()) {
                throw (InterruptedIOException) new InterruptedIOException("interrupted").initCause(lost);
            }
            throw readable(lost);
        }
    }

    /** Makes what waits for the answer fail; from any thread. */
    synchronized void abort() {
        aborted = true;
        if (connection != null) {
            connection.close();
        }
    }

    private HttpConnection.Response response() throws IOException {
        HttpConnection idle = pool.poll();
        try {
            HttpConnection connected = idle == null ? connect() : use(idle);
            return connected.exchange(request, body, timeout);
        } catch (IOException lost) {
            if (idle != null) {
                // whoever asks again meets the server that is there now
                pool.clear();
            }
            throw lost;
        } finally {
            HttpConnection used = release();
            if (used != null) {
                pool.giveBack(used);
            }
        }
    }

    private synchronized HttpConnection use(HttpConnection next) throws IOException {
        connection = next;
        if (aborted) {
            throw new IOException("the request was given up");
        }
        return next;
    }

    /** Nobody aborts it any more, since another request may use it from now on. */
    private synchronized @Nullable HttpConnection release() {
        HttpConnection used = connection;
        connection = null;
        return used;
    }

    /** Tries the addresses of the server's name one after the other. */
    private HttpConnection connect() throws IOException {
        Duration patience = timeout.compareTo(settings.connectTimeout()) < 0 ? timeout : settings.connectTimeout();
        InetAddress[] addresses = InetAddress.getAllByName(settings.host());
        for (int i = 0; ; i++) {
            HttpConnection next = use(new HttpConnection());
            try {
                next.connect(addresses[i], settings.port(), patience);
                return next;
            } catch (IOException failed) {
                next.close();
                if (i == addresses.length - 1 || Thread.currentThread().isInterrupted()) {
                    throw failed;
                }
            }
        }
    }

    private static IOException readable(IOException lost) {
        if (lost instanceof SocketTimeoutException) {
            return new IOException("no answer in time", lost);
        }
        if (lost instanceof NoHttpResponseException || lost instanceof ConnectionClosedException) {
            return new IOException("the server closed the connection", lost);
        }
        return lost;
    }
}
