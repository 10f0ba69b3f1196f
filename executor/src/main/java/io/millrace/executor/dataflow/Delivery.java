package io.millrace.executor.dataflow;

import io.millrace.executor.column.Batch;
import io.millrace.executor.column.ColumnBatch;
import io.millrace.executor.table.TableRows;
import io.millrace.executor.view.ResultQueue;
import io.millrace.executor.view.StepMarks;
import java.util.Iterator;
import org.jspecify.annotations.Nullable;

/**
 * Makes rows of what a subscription gives, in its order: what is there at the start, a first step, the changes that wait. For
 * one thread at a time, but for what says otherwise.
 */
final class Delivery {
    private final ResultQueue queue;
    private final StepMarks marks;
    private final ChangeRows rows;
    private final PendingChanges pending;
    private final boolean isSnapshot;

    private volatile @Nullable TableRows there;
    private volatile long therePosition;
    private volatile long thereTime;
    /** Never becomes part of something else. */
    private volatile @Nullable Change first;

    private @Nullable Change current;
    private @Nullable Iterator<ColumnBatch> batches;
    private volatile long delivered;

    /** @param isSnapshot whether rows that are there are told as such, and not as changes */
    Delivery(ResultQueue queue, StepMarks marks, ChangeRows rows, PendingChanges pending, boolean isSnapshot) {
        this.queue = queue;
        this.marks = marks;
        this.rows = rows;
        this.pending = pending;
        this.isSnapshot = isSnapshot;
    }

    /** Rows that are there, which come before all else. Once, on any thread. */
    void begin(TableRows given, long position, long time) {
        therePosition = position;
        thereTime = time;
        there = given;
    }

    /** A step that comes before all that waits. Once, on any thread. */
    void beginWith(Change change) {
        first = change;
    }

    /** The last position that has been given in full. On any thread. */
    long delivered() {
        return delivered;
    }

    /** Whether all that it was given has been made rows of. */
    boolean isEmpty() {
        return there == null && first == null && current == null && pending.isEmpty();
    }

    /** Adds a batch of rows to the result; false when none waits. */
    boolean next() {
        TableRows given = there;
        if (given != null) {
            Batch next = given.next();
            if (next != null) {
                marks.begin(therePosition, thereTime, queue.addedRows());
                queue.add(rows.present(next, therePosition, thereTime, !isSnapshot));
                return true;
            }
            there = null;
            end(therePosition, thereTime);
        }
        Change change = current;
        Iterator<ColumnBatch> left = batches;
        return change != null && left != null && left.hasNext() ? nextOf(change, left) : begin();
    }

    private boolean nextOf(Change change, Iterator<ColumnBatch> left) {
        ColumnBatch next = left.next();
        if (change.isSnapshot()) {
            rows.there(next, change.position(), change.time(), queue::add);
        } else {
            rows.changes(next, change.position(), change.time(), queue::add);
        }
        if (!left.hasNext()) {
            end(change.position(), change.time());
            current = null;
        }
        return true;
    }

    private boolean begin() {
        Change change = first;
        first = null;
        change = change == null ? pending.poll() : change;
        if (change == null) {
            return false;
        }
        if (change.delta().isEmpty()) {
            queue.add(rows.progress(change.position(), change.time()));
            end(change.position(), change.time());
            return true;
        }
        marks.begin(change.position(), change.time(), queue.addedRows());
        current = change;
        batches = change.delta().batches().iterator();
        return true;
    }

    private void end(long position, long time) {
        marks.end(position, time, queue.addedRows());
        delivered = position;
    }
}
