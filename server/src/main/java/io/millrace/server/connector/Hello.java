package io.millrace.server.connector;

import io.millrace.error.ErrorCode;
import io.millrace.error.MillraceException;
import io.millrace.executor.log.ProducerName;
import io.millrace.executor.log.ProducerSequence;
import io.millrace.executor.time.EngineClock;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The first line of a client that numbers its lines: {@code HELLO producer [epoch=n] [first=n]}.
 *
 * @param epoch which the client was given before; 0: it takes over from whoever it was
 * @param first the number of its first line; 0: that after the last one which is on disk
 */
record Hello(ProducerName producer, int epoch, long first) {
    static final int MAX_LENGTH = 512;
    static final int TIMEOUT_MILLIS = 10_000;

    private static final String FORM = "the first line must be HELLO producer [epoch=number] [first=number]";

    /**
     * Reads it, and nothing behind it.
     *
     * @throws MillraceException when it is malformed, too long, or does not come in time
     */
    static Hello read(Socket socket, EngineClock clock) throws IOException {
        long deadline = clock.nanoTime() + TimeUnit.MILLISECONDS.toNanos(TIMEOUT_MILLIS);
        InputStream input = socket.getInputStream();
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        try {
            while (true) {
                long left = TimeUnit.NANOSECONDS.toMillis(deadline - clock.nanoTime());
                if (left <= 0) {
                    throw malformed("no HELLO came within " + TIMEOUT_MILLIS / 1000 + " s", null);
                }
                socket.setSoTimeout((int) left);
                int next = input.read();
                if (next < 0) {
                    throw new IOException("the client said nothing");
                }
                if (next == '\n') {
                    socket.setSoTimeout(0);
                    return parse(line.toByteArray());
                }
                line.write(next);
                if (line.size() > MAX_LENGTH) {
                    throw malformed(FORM + ", and has more than " + MAX_LENGTH + " bytes", null);
                }
            }
        } catch (SocketTimeoutException silent) {
            throw malformed("no HELLO came within " + TIMEOUT_MILLIS / 1000 + " s", silent);
        }
    }

    static Hello parse(byte[] line) {
        String text;
        try {
            text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(line))
                    .toString();
        } catch (CharacterCodingException malformed) {
            throw malformed(FORM, malformed);
        }
        String[] words = (text.endsWith("\r") ? text.substring(0, text.length() - 1) : text).split(" ", -1);
        if (words.length < 2 || !words[0].equals("HELLO")) {
            throw malformed(FORM, null);
        }
        long epoch = 0;
        long first = 0;
        for (int i = 2; i < words.length; i++) {
            if (words[i].startsWith("epoch=") && epoch == 0) {
                epoch = number(words[i], Integer.MAX_VALUE);
            } else if (words[i].startsWith("first=") && first == 0) {
                first = number(words[i], ProducerSequence.MAX_NUMBER);
            } else {
                throw malformed(FORM, null);
            }
        }
        return new Hello(ProducerName.of(words[1]), (int) epoch, first);
    }

    private static long number(String word, long most) {
        try {
            long number = Long.parseLong(word.substring(word.indexOf('=') + 1));
            if (number > 0 && number <= most) {
                return number;
            }
        } catch (NumberFormatException malformed) {
            throw malformed(FORM, malformed);
        }
        throw malformed(FORM, null);
    }

    private static MillraceException malformed(String what, @Nullable Throwable cause) {
        return new MillraceException(ErrorCode.PROTOCOL_VIOLATION, what, cause);
    }
}
