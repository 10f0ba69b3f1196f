package io.millrace.server.avatica;

import io.millrace.error.MillraceException;
import io.millrace.executor.column.Column;
import io.millrace.executor.view.ResultBatch;
import io.millrace.executor.view.ResultCursor;
import io.millrace.plan.OutputColumn;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A result that a test feeds. */
final class ScriptedCursor implements ResultCursor {
    private final List<OutputColumn> columns;
    private final Deque<ResultBatch> batches = new ArrayDeque<>();
    private @Nullable MillraceException failure;
    private @Nullable MillraceException cancelled;
    private @Nullable Runnable listener;
    private boolean ended;
    private boolean closed;
    private int polls;

    ScriptedCursor(List<OutputColumn> columns) {
        this.columns = columns;
    }

    ScriptedCursor push(int rowCount, Column... values) {
        change(() -> batches.add(new ResultBatch(rowCount, List.of(values))));
        return this;
    }

    ScriptedCursor end() {
        change(() -> ended = true);
        return this;
    }

    void fail(MillraceException reason) {
        change(() -> failure = reason);
    }

    /** How often rows were asked for. */
    synchronized int polls() {
        return polls;
    }

    synchronized boolean isParked() {
        return listener != null;
    }

    synchronized boolean isClosed() {
        return closed;
    }

    synchronized boolean isCancelled() {
        return cancelled != null;
    }

    private void change(Runnable change) {
        Runnable woken;
        synchronized (this) {
            change.run();
            woken = listener;
            listener = null;
        }
        if (woken != null) {
            woken.run();
        }
    }

    @Override
    public List<OutputColumn> columns() {
        return columns;
    }

    @Override
    public synchronized @Nullable ResultBatch poll(int maxRows) {
        polls++;
        if (cancelled != null) {
            throw cancelled;
        }
        ResultBatch next = batches.peek();
        if (next != null && next.rowCount() <= maxRows) {
            return batches.poll();
        }
        if (failure != null && next == null) {
            throw failure;
        }
        return null;
    }

    @Override
    public synchronized boolean isFinished() {
        return ended && batches.isEmpty();
    }

    @Override
    public void onAvailable(Runnable newListener) {
        synchronized (this) {
            if (batches.isEmpty() && !ended && failure == null && cancelled == null) {
                listener = newListener;
                return;
            }
        }
        newListener.run();
    }

    @Override
    public void cancel(MillraceException reason) {
        change(() -> cancelled = reason);
    }

    @Override
    public synchronized void close() {
        closed = true;
    }
}
