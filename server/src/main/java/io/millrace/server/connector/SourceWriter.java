package io.millrace.server.connector;

import io.millrace.error.ErrorCode;
import io.millrace.error.MillraceException;
import io.millrace.executor.column.Column;
import io.millrace.executor.log.AppendResult;
import io.millrace.executor.log.ProducerSequence;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Appends the rows of one connection in order, a few appends ahead of the disk: when those wait, the caller waits, and so
 * does whoever writes to its socket. An append that fails (disk full) is tried again until it succeeds or the source is
 * stopped: nothing that was read is dropped. For one thread.
 *
 * <p>An append that its number forbids ends the connection: all calls fail from then on.
 */
final class SourceWriter {
    private static final Logger LOGGER = LoggerFactory.getLogger(SourceWriter.class);
    private static final int MAX_IN_FLIGHT = 8;
    private static final long RETRY_MILLIS = 1_000;

    private final StreamSink sink;
    private final CountDownLatch stopped;
    private final Consumer<ProducerSequence> onDisk;
    private final Deque<Pending> inFlight = new ArrayDeque<>();
    private @Nullable MillraceException refused;

    /** @param stopped is counted down when the source is to end */
    SourceWriter(StreamSink sink, CountDownLatch stopped) {
        this(sink, stopped, numbered -> {});
    }

    /** @param onDisk is told of each append with a number, in their order */
    SourceWriter(StreamSink sink, CountDownLatch stopped, Consumer<ProducerSequence> onDisk) {
        this.sink = sink;
        this.stopped = stopped;
        this.onDisk = onDisk;
    }

    /** @param producer numbers the append, which then may have no rows */
    void append(List<Column> columns, int rowCount, @Nullable ProducerSequence producer) throws InterruptedException {
        if (rowCount == 0 && producer == null) {
            return;
        }
        while (inFlight.size() >= MAX_IN_FLIGHT) {
            settle(inFlight.remove());
        }
        checkRefused();
        inFlight.add(new Pending(columns, rowCount, producer, sink.append(columns, rowCount, producer)));
    }

    /** Returns when all that was appended is on disk. */
    void flush() throws InterruptedException {
        checkRefused();
        while (!inFlight.isEmpty()) {
            settle(inFlight.remove());
        }
    }

    private void settle(Pending pending) throws InterruptedException {
        CompletableFuture<AppendResult> result = pending.result;
        for (int attempt = 1; ; attempt++) {
            try {
                result.get();
                if (pending.producer != null) {
                    onDisk.accept(pending.producer);
                }
                return;
            } catch (ExecutionException failure) {
                if (isRefusal(failure.getCause(), attempt)) {
                    inFlight.clear();
                    refused = (MillraceException) failure.getCause();
                    throw refused;
                }
                if (!isOutOfOrder(failure.getCause())) {
                    LOGGER.warn("an append failed and is tried again: {}", String.valueOf(failure.getCause()));
                    if (stopped.await(RETRY_MILLIS, TimeUnit.MILLISECONDS)) {
                        throw new InterruptedException("the source was stopped with rows that could not be written");
                    }
                }
                result = sink.append(pending.columns, pending.rowCount, pending.producer);
            }
        }
    }

    private void checkRefused() {
        if (refused != null) {
            throw refused;
        }
    }

    /** The first time, an append is out of order because the one before it failed, which has been made since. */
    private static boolean isRefusal(@Nullable Throwable failure, int attempt) {
        return failure instanceof MillraceException known && known.code() == ErrorCode.FENCED
                || isOutOfOrder(failure) && attempt > 1;
    }

    private static boolean isOutOfOrder(@Nullable Throwable failure) {
        return failure instanceof MillraceException known && known.code() == ErrorCode.OUT_OF_ORDER;
    }

    private record Pending(
            List<Column> columns,
            int rowCount,
            @Nullable ProducerSequence producer,
            CompletableFuture<AppendResult> result) {}
}
