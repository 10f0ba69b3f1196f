package io.millrace.server.avatica;

import io.millrace.error.ErrorCode;
import io.millrace.error.MillraceException;
import io.millrace.executor.column.Column;
import io.millrace.executor.column.StringColumn;
import io.millrace.executor.view.ResultBatch;
import io.millrace.executor.view.ResultCursor;
import io.millrace.plan.OutputColumn;
import io.netty.util.concurrent.EventExecutor;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The result of one statement on its way to the client. It keeps the last frame until the client asks for the rows
 * after it, so a fetch whose answer was lost is made again. At most one fetch waits for rows at a time. Thread-safe.
 */
final class OpenResult {
    private static final long FRAME_BYTES = 4 << 20;

    private final ResultCursor cursor;
    private @Nullable ResultFrame last;
    private @Nullable ParkedFetch parked;
    private @Nullable MillraceException ended;
    private long nextOffset;
    private boolean finished;

    OpenResult(ResultCursor cursor) {
        this.cursor = cursor;
    }

    List<OutputColumn> columns() {
        return cursor.columns();
    }

    /** By what the result can go on after it has been cut off; null: it cannot. */
    @Nullable
    String resumeToken() {
        return cursor.resumeToken();
    }

    /** True while the engine may still work for this result. */
    synchronized boolean isRunning() {
        return !finished && ended == null;
    }

    synchronized boolean isParked() {
        return parked != null;
    }

    /** Takes the rows from {@code offset} on that are there, at most {@code maxRows}; perhaps none. */
    synchronized ResultFrame take(long offset, int maxRows) {
        if (ended != null) {
            throw ended;
        }
        ResultFrame kept = last;
        if (kept != null && kept.offset() == offset) {
            return kept;
        }
        if (offset != nextOffset) {
            throw new MillraceException(
                    ErrorCode.PROTOCOL_VIOLATION,
                    "rows from number " + offset + " were asked for, but the result is at number " + nextOffset);
        }
        last = null;
        if (finished) {
            return ResultFrame.empty(offset, true);
        }
        ResultFrame frame = poll(offset, maxRows);
        if (frame.rowCount() > 0) {
            last = frame;
            nextOffset += frame.rowCount();
        }
        if (frame.done()) {
            finished = true;
            cursor.close();
        }
        return frame;
    }

    private ResultFrame poll(long offset, int maxRows) {
        List<ResultBatch> batches = new ArrayList<>();
        int rowCount = 0;
        long bytes = 0;
        try {
            while (rowCount < maxRows && bytes < FRAME_BYTES) {
                ResultBatch batch = cursor.poll(maxRows - rowCount);
                if (batch == null) {
                    break;
                }
                batches.add(batch);
                rowCount += batch.rowCount();
                bytes += size(batch);
            }
        } catch (MillraceException failure) {
            // the rows before it are delivered; the next poll fails again
            if (rowCount == 0) {
                throw failure;
            }
            return new ResultFrame(offset, false, rowCount, batches, cursor.mark(), cursor.place());
        }
        return new ResultFrame(offset, cursor.isFinished(), rowCount, batches, cursor.mark(), cursor.place());
    }

    private static long size(ResultBatch batch) {
        long bytes = 0;
        for (Column column : batch.columns()) {
            bytes += 8L * batch.rowCount();
            if (column instanceof StringColumn strings) {
                bytes += strings.offsets()[batch.rowCount()] - strings.offsets()[0];
            }
        }
        return bytes;
    }

    /**
     * Answers a fetch at once when there are rows, an end or a failure, else as soon as there are; without rows after
     * {@code waitMillis}.
     */
    void fetch(ParkedFetch fetch, long waitMillis, EventExecutor timer) {
        ParkedFetch replaced;
        ResultFrame frame;
        synchronized (this) {
            replaced = parked;
            parked = null;
            frame = takeOrFail(fetch);
            if (frame != null && frame.rowCount() == 0 && !frame.done() && waitMillis > 0) {
                parked = fetch;
                fetch.timeout = timer.schedule(() -> expire(fetch), waitMillis, TimeUnit.MILLISECONDS);
                listen(fetch);
                frame = null;
            }
        }
        if (replaced != null) {
            answer(replaced, ResultFrame.empty(replaced.offset, false));
        }
        if (frame != null) {
            answer(fetch, frame);
        }
    }

    private void listen(ParkedFetch fetch) {
        cursor.onAvailable(() -> fetch.executor.execute(() -> wake(fetch)));
    }

    /** Null when it failed and was answered so. */
    private @Nullable ResultFrame takeOrFail(ParkedFetch fetch) {
        try {
            return take(fetch.offset, fetch.maxRows);
        } catch (RuntimeException | Error failure) {
            fail(fetch, failure);
            return null;
        }
    }

    private void wake(ParkedFetch fetch) {
        ResultFrame frame;
        synchronized (this) {
            if (parked != fetch) {
                return;
            }
            frame = takeOrFail(fetch);
            if (frame != null && frame.rowCount() == 0 && !frame.done()) {
                listen(fetch);
                return;
            }
            parked = null;
        }
        if (frame != null) {
            answer(fetch, frame);
        }
    }

    private void expire(ParkedFetch fetch) {
        synchronized (this) {
            if (parked != fetch) {
                return;
            }
            parked = null;
        }
        answer(fetch, new ResultFrame(fetch.offset, false, 0, List.of(), cursor.mark(), cursor.place()));
    }

    private static void answer(ParkedFetch fetch, ResultFrame frame) {
        stopTimer(fetch);
        fetch.reply.frame(frame);
    }

    private static void fail(ParkedFetch fetch, Throwable failure) {
        stopTimer(fetch);
        fetch.reply.failed(failure);
    }

    private static void stopTimer(ParkedFetch fetch) {
        Future<?> timeout = fetch.timeout;
        if (timeout != null) {
            timeout.cancel(false);
        }
    }

    /** Ends the query; fetches fail with {@code reason} from now on. */
    void cancel(MillraceException reason) {
        cursor.cancel(reason);
        ParkedFetch waiting;
        synchronized (this) {
            waiting = parked;
        }
        if (waiting != null) {
            waiting.executor.execute(() -> wake(waiting));
        }
    }

    /** Ends the query and frees what it holds; fetches fail with {@code reason}. Idempotent. */
    void close(MillraceException reason) {
        ParkedFetch waiting;
        synchronized (this) {
            if (ended != null) {
                return;
            }
            ended = reason;
            waiting = parked;
            parked = null;
            last = null;
            cursor.close();
        }
        if (waiting != null) {
            fail(waiting, reason);
        }
    }
}
