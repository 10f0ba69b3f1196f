package io.millrace.server.connector;

import io.millrace.error.MillraceException;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a client that numbers its lines is told: {@code OK epoch last}, {@code ACK number}, {@code ERROR sqlstate message}. A
 * client that does not listen can still be read to the end. Thread-safe.
 */
final class ProducerConnection {
    private static final Logger LOGGER = LoggerFactory.getLogger(ProducerConnection.class);
    private static final int LINGER_MILLIS = 2_000;
    private static final int PATIENCE_MILLIS = 100;
    private static final int MAX_LINGER_BYTES = 64 << 20;

    private final Socket socket;
    private final ReentrantLock writing = new ReentrantLock();
    private boolean isDeaf;
    private volatile @Nullable MillraceException ended;

    ProducerConnection(Socket socket) {
        this.socket = socket;
    }

    void accept(int epoch, long last) {
        say("OK " + epoch + " " + last);
    }

    void acknowledge(long number) {
        say("ACK " + number);
    }

    /** On the thread that reads: tells why, and waits for the client to take it in. */
    void refuse(MillraceException why) {
        say(error(why));
        linger();
    }

    /** On the thread of another connection that takes this one's place, and does not wait: nothing more is read. */
    void end(MillraceException why) {
        ended = why;
        try {
            if (!writing.tryLock(PATIENCE_MILLIS, TimeUnit.MILLISECONDS)) {
                socket.close(); // the client has not read for long
                return;
            }
            try {
                socket.shutdownInput();
            } finally {
                writing.unlock();
            }
        } catch (IOException gone) {
            LOGGER.debug("a client that was replaced was gone: {}", gone.getMessage());
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** Tells why another took this one's place, if that was so. */
    void checkEnded() {
        MillraceException why = ended;
        if (why != null) {
            throw why;
        }
    }

    private void say(String line) {
        writing.lock();
        try {
            if (!isDeaf) {
                socket.getOutputStream().write((line + "\n").getBytes(StandardCharsets.UTF_8));
            }
        } catch (IOException gone) {
            isDeaf = true;
        } finally {
            writing.unlock();
        }
    }

    private static String error(MillraceException why) {
        return "ERROR " + why.sqlState() + " "
                + String.valueOf(why.getMessage()).replaceAll("\\s*[\\r\\n]+\\s*", " ");
    }

    /** Closed with bytes unread, a socket is reset, and what was said last may be lost. */
    private void linger() {
        try {
            socket.shutdownOutput();
            socket.setSoTimeout(LINGER_MILLIS);
            InputStream input = socket.getInputStream();
            byte[] ignored = new byte[8192];
            long left = MAX_LINGER_BYTES;
            for (int count = input.read(ignored); count >= 0 && left > 0; count = input.read(ignored)) {
                left -= count;
            }
        } catch (IOException gone) {
            LOGGER.debug("a client that was refused went away: {}", gone.getMessage());
        }
    }
}
