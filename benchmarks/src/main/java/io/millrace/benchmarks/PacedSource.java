package io.millrace.benchmarks;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.locks.LockSupport;

/** A socket that sends words, one a line, at a steady rate, from the first reader on. */
final class PacedSource implements AutoCloseable {
    private static final long TICK_NANOS = 10_000_000;

    private final ServerSocket listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
    private final int wordsATick;
    private final Thread thread = new Thread(this::run, "paced-source");

    PacedSource(int wordsASecond) throws IOException {
        wordsATick = (int) (wordsASecond * TICK_NANOS / 1_000_000_000);
        thread.start();
    }

    int port() {
        return listener.getLocalPort();
    }

    private void run() {
        Words words = new Words(10);
        try (Socket client = listener.accept();
                OutputStream output = client.getOutputStream()) {
            byte[] lines = new byte[1 << 20];
            for (long next = System.nanoTime(); !listener.isClosed(); next += TICK_NANOS) {
                output.write(lines, 0, fill(lines, words));
                LockSupport.parkNanos(next + TICK_NANOS - System.nanoTime());
            }
        } catch (IOException ended) {
            // the server or the benchmark is done
        }
    }

    private int fill(byte[] lines, Words words) {
        int length = 0;
        for (int word = 0; word < wordsATick; word++) {
            byte[] next = words.next();
            System.arraycopy(next, 0, lines, length, next.length);
            length += next.length;
            lines[length++] = '\n';
        }
        return length;
    }

    @Override
    public void close() throws IOException {
        listener.close();
    }
}
