package io.millrace.executor.dataflow;

import io.millrace.executor.view.Delta;
import io.millrace.executor.view.Deltas;
import io.millrace.plan.StandingQuery;
import io.millrace.plan.SubscriptionSpec;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Changes that wait to be given to one reader; too many become their net changes, all at the last position. Thread-safe. */
final class PendingChanges {
    private final StandingQuery query;
    private final SubscriptionSpec spec;
    private final long limit;
    private final Deque<Change> waiting = new ArrayDeque<>();

    private long waitingRows;
    private long conflateAbove;
    private long conflations;
    private @Nullable Runnable whenRoom;

    /** @param limit rows that may wait before they are conflated */
    PendingChanges(StandingQuery query, SubscriptionSpec spec, long limit) {
        this.query = query;
        this.spec = spec;
        this.limit = limit;
        conflateAbove = limit;
    }

    /** False when it is too much: a step may be as large as it is, but must not come while much waits that stays as it is. */
    synchronized boolean add(Change change) {
        boolean isTooMuch = waitingRows > limit && !canConflate();
        waiting.add(change);
        waitingRows += change.delta().rows();
        return !isTooMuch;
    }

    synchronized @Nullable Change poll() {
        Change next = waiting.poll();
        waitingRows -= next == null ? 0 : next.delta().rows();
        return next;
    }

    synchronized boolean isEmpty() {
        return waiting.isEmpty();
    }

    synchronized void clear() {
        waiting.clear();
        waitingRows = 0;
    }

    synchronized long rows() {
        return waitingRows;
    }

    synchronized boolean hasBacklog() {
        return waitingRows > limit;
    }

    /** How often too much has become its net changes. */
    synchronized long conflations() {
        return conflations;
    }

    /**
     * Whether it is worth adding more.
     *
     * @param whenThereIs runs, on any thread, when there is room, if there is none now
     */
    synchronized boolean hasRoom(Runnable whenThereIs) {
        boolean has = waitingRows <= limit / 2;
        whenRoom = has ? null : whenThereIs;
        return has;
    }

    /** @param isOver whether nothing will be added any more, which whoever waits for room has to learn, too */
    void tellOfRoom(boolean isOver) {
        Runnable told;
        synchronized (this) {
            if (whenRoom == null || (waitingRows > limit / 4 && !isOver)) {
                return;
            }
            told = whenRoom;
            whenRoom = null;
        }
        told.run();
    }

    /** What is too much becomes its net changes: as many as there are keys, at most two for each. For who polls. */
    void conflate() {
        List<Change> all;
        synchronized (this) {
            if (waitingRows <= conflateAbove || !canConflate()) {
                return;
            }
            all = List.copyOf(waiting);
            clear();
        }
        Change last = all.get(all.size() - 1);
        Delta net = Deltas.sum(query, all.stream().map(Change::delta).toList());
        synchronized (this) {
            if (spec.progress()) {
                waiting.addFirst(new Change(last.position(), last.time(), Delta.NONE));
            }
            if (!net.isEmpty()) {
                waiting.addFirst(
                        new Change(last.position(), last.time(), net, all.get(0).isSnapshot()));
            }
            waitingRows += net.rows();
            conflateAbove = Math.max(limit, 2 * waitingRows);
            conflations++;
        }
    }

    /** Whether net changes of many steps are fewer, in the end, than all that happened. */
    private boolean canConflate() {
        return query.key() != null && !query.appendOnly() && !spec.isExact();
    }
}
