package io.millrace.server.demo;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/**
 * Serves log lines to whoever connects, as {@code nc -lk} would: a steady mix of requests with a few errors and, half
 * way, a burst of payment errors.
 */
public final class LogLineGenerator implements AutoCloseable {
    private static final String[] SERVICES = {"web", "cart", "payment", "search", "mail"};
    private static final String[] RARE_ERRORS = {"DB_ERROR", "IO_ERROR", "AUTH_ERROR"};
    private static final String BURST_ERROR = "PAYMENT_ERROR";
    private static final long TICK_MILLIS = 20;
    private static final int USUAL_ERRORS_PER_THOUSAND = 5;
    private static final int BURST_ERRORS_PER_THOUSAND = 250;

    private final ServerSocket listener;
    private final int linesPerSecond;
    private final long startNanos;
    private final long durationNanos;
    private final LongSupplier nanoTime;
    private final Random random = new Random(1);
    private final AtomicLong lines = new AtomicLong();
    private final AtomicLong words = new AtomicLong();
    private final CountDownLatch stopped = new CountDownLatch(1);

    public LogLineGenerator(int linesPerSecond, long durationNanos, LongSupplier nanoTime) throws IOException {
        this.listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        this.linesPerSecond = linesPerSecond;
        this.durationNanos = durationNanos;
        this.nanoTime = nanoTime;
        this.startNanos = nanoTime.getAsLong();
    }

    public int port() {
        return listener.getLocalPort();
    }

    public long lines() {
        return lines.get();
    }

    public long words() {
        return words.get();
    }

    /** Serves one client after the other until it is closed. */
    public void run() {
        while (stopped.getCount() > 0) {
            try (Socket client = listener.accept();
                    OutputStream output = new BufferedOutputStream(client.getOutputStream(), 1 << 16)) {
                serve(output);
            } catch (IOException clientGone) {
                if (stopped.getCount() > 0 && listener.isClosed()) {
                    throw new UncheckedIOException(clientGone);
                }
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }

    @Override
    public void close() throws IOException {
        stopped.countDown();
        listener.close();
    }

    private void serve(OutputStream output) throws IOException, InterruptedException {
        long begun = nanoTime.getAsLong();
        long sent = 0;
        while (!stopped.await(TICK_MILLIS, TimeUnit.MILLISECONDS)) {
            long due = (nanoTime.getAsLong() - begun) / 1_000 * linesPerSecond / 1_000_000;
            while (sent < due) {
                writeLine(output);
                sent++;
            }
            output.flush();
        }
    }

    private void writeLine(OutputStream output) throws IOException {
        String service = SERVICES[random.nextInt(SERVICES.length)];
        boolean burst = isBurst();
        boolean error = random.nextInt(1_000) < (burst ? BURST_ERRORS_PER_THOUSAND : USUAL_ERRORS_PER_THOUSAND);
        String line = error
                ? errorWord(burst) + ' ' + service + " request=" + random.nextInt(1_000_000) + " status=500"
                : "INFO " + service + " request=" + random.nextInt(1_000_000) + " status=200";
        output.write((line + '\n').getBytes(StandardCharsets.UTF_8));
        lines.incrementAndGet();
        words.addAndGet(4);
    }

    private String errorWord(boolean burst) {
        return burst && random.nextInt(10) > 0 ? BURST_ERROR : RARE_ERRORS[random.nextInt(RARE_ERRORS.length)];
    }

    /** The middle tenth of the run, but at least three seconds. */
    private boolean isBurst() {
        long elapsed = nanoTime.getAsLong() - startNanos;
        long length = Math.max(durationNanos / 10, TimeUnit.SECONDS.toNanos(3));
        return Math.abs(elapsed - durationNanos / 2) < length / 2;
    }
}
