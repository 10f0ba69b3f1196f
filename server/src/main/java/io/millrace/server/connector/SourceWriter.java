package io.millrace.server.connector;

import io.millrace.executor.column.Column;
import io.millrace.executor.log.AppendResult;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Appends the rows of one connection in order, a few appends ahead of the disk: when those wait, the caller waits, and so
 * does whoever writes to its socket. An append that fails (disk full) is tried again until it succeeds or the source is
 * stopped: nothing that was read is dropped. For one thread.
 */
final class SourceWriter {
    private static final Logger LOGGER = LoggerFactory.getLogger(SourceWriter.class);
    private static final int MAX_IN_FLIGHT = 8;
    private static final long RETRY_MILLIS = 1_000;

    private final StreamSink sink;
    private final CountDownLatch stopped;
    private final Deque<Pending> inFlight = new ArrayDeque<>();

    /** @param stopped is counted down when the source is to end */
    SourceWriter(StreamSink sink, CountDownLatch stopped) {
        this.sink = sink;
        this.stopped = stopped;
    }

    void append(List<Column> columns, int rowCount) throws InterruptedException {
        if (rowCount == 0) {
            return;
        }
        while (inFlight.size() >= MAX_IN_FLIGHT) {
            settle(inFlight.remove());
        }
        inFlight.add(new Pending(columns, rowCount, sink.append(columns, rowCount)));
    }

    /** Returns when all that was appended is on disk. */
    void flush() throws InterruptedException {
        while (!inFlight.isEmpty()) {
            settle(inFlight.remove());
        }
    }

    private void settle(Pending pending) throws InterruptedException {
        CompletableFuture<AppendResult> result = pending.result;
        while (true) {
            try {
                result.get();
                return;
            } catch (ExecutionException failure) {
                LOGGER.warn("an append failed and is tried again: {}", String.valueOf(failure.getCause()));
                if (stopped.await(RETRY_MILLIS, TimeUnit.MILLISECONDS)) {
                    throw new InterruptedException("the source was stopped with rows that could not be written");
                }
                result = sink.append(pending.columns, pending.rowCount);
            }
        }
    }

    private record Pending(List<Column> columns, int rowCount, CompletableFuture<AppendResult> result) {}
}
