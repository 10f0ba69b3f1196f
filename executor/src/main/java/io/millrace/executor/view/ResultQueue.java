package io.millrace.executor.view;

import io.millrace.error.MillraceException;
import io.millrace.executor.column.Batch;
import io.millrace.plan.OutputColumn;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Rows on their way from one query, which adds them on one thread at a time, to one reader.
 *
 * <p>The query gathers rows without a lock; {@link #deliver} makes them visible, one lock for all of them. A full queue
 * still takes rows: the query must ask {@link #pauseIfFull} before it reads more input.
 */
public final class ResultQueue implements ResultCursor {
    private static final Logger LOGGER = LoggerFactory.getLogger(ResultQueue.class);
    /** The rows of a result batch, at most. */
    static final int BATCH_ROWS = 4096;

    /** And its bytes, about: a batch of long values is delivered before it is full. */
    private static final long BATCH_BYTES = 4L << 20;

    private static final long CAPACITY_BYTES = 32L << 20;

    private final List<OutputColumn> columns;
    private final long capacity;
    private final long maxRows;
    private final ResultProducer producer;
    private final RowGatherer gathered;

    private volatile @Nullable String resumeToken;
    private volatile @Nullable StepMarks marks;
    private volatile @Nullable ResumePlaces places;
    private long skipped;
    private long added;

    private final Object lock = new Object();
    private final Deque<ResultBatch> waiting = new ArrayDeque<>();
    private long waitingRows;
    private long waitingBytes;
    private long taken;
    private int headOffset;
    private boolean paused;
    private boolean finished;
    private boolean closed;
    private @Nullable MillraceException failure;
    private @Nullable MillraceException cancellation;
    private @Nullable Runnable listener;
    private volatile boolean ended;
    private volatile long delivered;

    /** @param maxRows after which the result ends; 0: no limit */
    public ResultQueue(List<OutputColumn> columns, long capacity, long maxRows, ResultProducer producer) {
        this.columns = List.copyOf(columns);
        this.capacity = capacity;
        this.maxRows = maxRows <= 0 ? Long.MAX_VALUE : maxRows;
        this.producer = producer;
        this.gathered = new RowGatherer(columns);
    }

    /** The reader can be given the rest by another query. */
    public void resumable(String token) {
        resumeToken = token;
    }

    /** Rows will be of steps. */
    public void follow(StepMarks steps) {
        marks = steps;
    }

    /** Rows can be computed again from places besides the token's. */
    public void follow(ResumePlaces further) {
        places = further;
    }

    /** The reader has so many rows already: they count, and are not kept. Before the first row. */
    public void skip(long rows) {
        skipped = rows;
    }

    /** Copies the selected rows of a batch, up to the result's limit. */
    public void add(Batch batch) {
        int count = (int) Math.min(batch.selectedCount(), maxRows - added);
        int taken = (int) Math.min(Math.max(0, count), Math.max(0, skipped - added));
        while (taken < count) {
            int part = Math.min(count - taken, BATCH_ROWS - gathered.size());
            gathered.append(batch, taken, part);
            taken += part;
            if (gathered.size() == BATCH_ROWS || gathered.bytes() > BATCH_BYTES) {
                deliver();
            }
        }
        added += Math.max(count, 0);
    }

    /** Shows the reader what has been added. */
    public void deliver() {
        if (gathered.size() == 0) {
            return;
        }
        ResultBatch batch = gathered.build();
        long bytes = batch.bytes();
        Runnable toRun;
        synchronized (lock) {
            if (ended) {
                return;
            }
            delivered += batch.rowCount();
            waiting.add(batch);
            waitingRows += batch.rowCount();
            waitingBytes += bytes;
            toRun = takeListener();
        }
        run(toRun);
    }

    /** All rows have been added. */
    public void finish() {
        deliver();
        end(null);
    }

    /** The query has failed: the reader learns it after the rows before. */
    public void fail(MillraceException cause) {
        deliver();
        end(cause);
    }

    /** Ends the query from outside, on any thread; the reader learns the cause after the rows delivered before. */
    public void abort(MillraceException cause) {
        end(cause);
        producer.ended();
    }

    /** True when too many rows wait, or too large ones; then {@link ResultProducer#resume} is called once there is room. */
    public boolean pauseIfFull() {
        synchronized (lock) {
            paused = !ended && (waitingRows > capacity || waitingBytes > CAPACITY_BYTES);
            return paused;
        }
    }

    /** True when no rows are wanted any more: the result is complete, has failed, or its reader has left. */
    public boolean isEnded() {
        return ended;
    }

    /** True when the result has all the rows it may have. */
    public boolean isComplete() {
        return added >= maxRows;
    }

    /** Rows added so far, which is the number of the next. */
    public long addedRows() {
        return added;
    }

    /** The bytes of the rows that wait to be fetched. */
    public long waitingBytes() {
        synchronized (lock) {
            return waitingBytes;
        }
    }

    /** Rows shown to the reader so far. */
    public long deliveredRows() {
        return delivered;
    }

    @Override
    public List<OutputColumn> columns() {
        return columns;
    }

    @Override
    public @Nullable ResultBatch poll(int maxRows) {
        if (maxRows < 1) {
            throw new IllegalArgumentException("cannot take " + maxRows + " rows");
        }
        ResultBatch batch;
        boolean resume;
        synchronized (lock) {
            if (cancellation != null) {
                throw cancellation;
            }
            batch = take(maxRows);
            taken += batch == null ? 0 : batch.rowCount();
            if (batch == null && failure != null) {
                throw failure;
            }
            resume = paused && waitingRows <= capacity / 2 && waitingBytes <= CAPACITY_BYTES / 2;
            paused &= !resume;
        }
        if (resume) {
            producer.resume();
        }
        return batch;
    }

    @Override
    public boolean isFinished() {
        synchronized (lock) {
            return closed || (finished && waiting.isEmpty() && failure == null && cancellation == null);
        }
    }

    @Override
    public @Nullable String resumeToken() {
        return resumeToken;
    }

    @Override
    public @Nullable StepMark mark() {
        StepMarks steps = marks;
        if (steps == null) {
            return null;
        }
        synchronized (lock) {
            return steps.at(taken);
        }
    }

    @Override
    public @Nullable ResumePlace place() {
        ResumePlaces further = places;
        if (further == null) {
            return null;
        }
        synchronized (lock) {
            ResumePlace place = further.at(taken + skipped);
            return place == null ? null : new ResumePlace(place.first() - skipped, place.token());
        }
    }

    @Override
    public void onAvailable(Runnable newListener) {
        synchronized (lock) {
            if (!ended && waiting.isEmpty()) {
                listener = newListener;
                return;
            }
            listener = null;
        }
        newListener.run();
    }

    @Override
    public void cancel(MillraceException reason) {
        Runnable toRun;
        synchronized (lock) {
            if (closed || cancellation != null || (ended && waiting.isEmpty())) {
                return;
            }
            cancellation = reason;
            toRun = abandon();
        }
        run(toRun);
        producer.ended();
    }

    @Override
    public void close() {
        Runnable toRun;
        synchronized (lock) {
            if (closed) {
                return;
            }
            closed = true;
            toRun = abandon();
        }
        run(toRun);
        producer.ended();
    }

    private void end(@Nullable MillraceException cause) {
        Runnable toRun;
        synchronized (lock) {
            if (ended) {
                return;
            }
            ended = true;
            finished = true;
            failure = cause;
            toRun = takeListener();
        }
        run(toRun);
    }

    /** Holds the lock. */
    private @Nullable Runnable abandon() {
        ended = true;
        waiting.clear();
        waitingRows = 0;
        waitingBytes = 0;
        headOffset = 0;
        paused = false;
        return takeListener();
    }

    private @Nullable Runnable takeListener() {
        Runnable taken = listener;
        listener = null;
        return taken;
    }

    private static void run(@Nullable Runnable listener) {
        if (listener == null) {
            return;
        }
        try {
            listener.run();
        } catch (RuntimeException cause) { // what a reader does must not end the query, nor those beside it
            LOGGER.error("the reader of a result failed when it was told of rows", cause);
        }
    }

    /** Holds the lock. Whole batches are handed over as they are; small ones are put together. */
    private @Nullable ResultBatch take(int limit) {
        ResultBatch head = waiting.peek();
        if (head == null) {
            return null;
        }
        int left = head.rowCount() - headOffset;
        ResultBatch second = null;
        if (headOffset == 0 && left <= limit) {
            waiting.remove();
            second = waiting.peek();
            if (second == null || left == limit || left + second.rowCount() > BATCH_ROWS) {
                waitingRows -= left;
                waitingBytes -= head.bytes();
                return head;
            }
            waiting.addFirst(head);
        }
        RowGatherer together = new RowGatherer(columns);
        int room = Math.min(limit, BATCH_ROWS);
        while (head != null && room > 0) {
            int part = Math.min(room, head.rowCount() - headOffset);
            together.append(head, headOffset, part);
            room -= part;
            headOffset += part;
            if (headOffset == head.rowCount()) {
                waiting.remove();
                waitingBytes -= head.bytes();
                headOffset = 0;
                head = waiting.peek();
            }
        }
        ResultBatch batch = together.build();
        waitingRows -= batch.rowCount();
        return batch;
    }
}
