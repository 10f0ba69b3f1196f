package io.millrace.executor.dataflow;

import io.millrace.error.ErrorCode;
import io.millrace.error.MillraceException;
import io.millrace.executor.circuit.Failures;
import io.millrace.executor.circuit.Query;
import io.millrace.executor.circuit.QueryDescription;
import io.millrace.executor.circuit.QuerySurroundings;
import io.millrace.executor.column.Batch;
import io.millrace.executor.column.ColumnBatch;
import io.millrace.executor.metrics.QueryMetrics;
import io.millrace.executor.table.TableRows;
import io.millrace.executor.view.Delta;
import io.millrace.executor.view.Deltas;
import io.millrace.executor.work.Waits;
import io.millrace.plan.OutputColumn;
import io.millrace.plan.StandingQuery;
import io.millrace.plan.SubscriptionSpec;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One who is given the changes of a query as they happen. The dataflow offers each step's, which costs it next to nothing;
 * threads of queries make rows of them as fast as the reader fetches.
 *
 * <p>When too many wait, and rows have a key, they become their net changes, all at the last position; else the subscription
 * ends, and says after which position another can go on.
 */
public final class Subscription extends Query implements Runnable {
    /** The setting of how many changes may wait. */
    public static final String BUFFER_ROWS = "subscription.buffer-rows";

    private static final long IDLE_PROGRESS_MICROS = 1_000_000;

    private final SubscriptionSpec spec;
    private final StandingQuery query;
    private final ChangeRows rows;
    private final Executor threads;
    private final Supplier<CompletableFuture<Void>> onEnd;
    private final long limit;

    private final Object lock = new Object();
    private final Deque<Change> waiting = new ArrayDeque<>();
    private long waitingRows;
    private long conflateAbove;
    private boolean isScheduled;
    private boolean isLast;
    private @Nullable Runnable whenRoom;

    /** What follows is for {@link #run}, of which there is one at a time. */
    private @Nullable TableRows snapshot;

    private long snapshotPosition;
    private long snapshotTime;
    private @Nullable Change current;
    private @Nullable Iterator<ColumnBatch> batches;
    private volatile boolean isPaused;
    private volatile long delivered;
    private volatile long conflations;

    /** For the thread of the dataflow: net changes since the last interval. */
    private @Nullable Change held;

    private long nextInterval;
    private long nextProgress = Long.MAX_VALUE;
    private boolean hasBegun;

    /**
     * @param limit rows that may wait before they are conflated
     * @param onEnd is asked, on any thread, to let go when nothing more is wanted
     */
    Subscription(
            QueryDescription description,
            List<OutputColumn> output,
            QuerySurroundings surroundings,
            StandingQuery query,
            SubscriptionSpec spec,
            long limit,
            Executor threads,
            Supplier<CompletableFuture<Void>> onEnd) {
        super(description, spec.output(output), surroundings.resultBufferRows(), surroundings.registry());
        this.spec = spec;
        this.query = query;
        this.limit = limit;
        this.threads = threads;
        this.onEnd = onEnd;
        conflateAbove = limit;
        rows = new ChangeRows(spec.hasEnvelope(), query.root().rowType().types(), query.key());
    }

    SubscriptionStatus status(long viewId, long stateBytes) {
        long rowsWaiting;
        synchronized (lock) {
            rowsWaiting = waitingRows;
        }
        return new SubscriptionStatus(
                description.id(),
                viewId,
                description.sql(),
                description.client(),
                description.started(),
                delivered,
                rowsWaiting,
                conflations,
                queue.deliveredRows(),
                stateBytes);
    }

    SubscriptionSpec spec() {
        return spec;
    }

    @Override
    public void start() {
        registry.add(this);
    }

    @Override
    public boolean isContinuous() {
        return true;
    }

    @Override
    public QueryMetrics metrics() {
        return QueryMetrics.ofRows(delivered, queue.deliveredRows());
    }

    boolean isOver() {
        return queue.isEnded();
    }

    void fail(MillraceException cause) {
        queue.fail(cause);
        ended();
    }

    /**
     * Whether it is worth giving it more: a reader that goes on after a position is given what came since no faster than it
     * takes it.
     *
     * @param whenThereIs runs, on any thread, when there is room, if there is none now
     */
    boolean hasRoom(Runnable whenThereIs) {
        synchronized (lock) {
            boolean has = waitingRows <= limit / 2;
            whenRoom = has ? null : whenThereIs;
            return has;
        }
    }

    private boolean hasBacklog() {
        synchronized (lock) {
            return waitingRows > limit;
        }
    }

    private void tellOfRoom() {
        Runnable told;
        synchronized (lock) {
            if (whenRoom == null || (waitingRows > limit / 4 && !queue.isEnded())) {
                return;
            }
            told = whenRoom;
            whenRoom = null;
        }
        told.run();
    }

    /** Begins; rows that are there come first, if any are given. For the thread of the dataflow. */
    void begin(@Nullable TableRows there, long position, long time) {
        if (position > spec.upTo()) {
            fail(new MillraceException(
                    ErrorCode.INVALID_PARAMETER,
                    "the subscription would begin at position " + position + ", after position " + spec.upTo()
                            + " up to which it goes"));
            return;
        }
        hasBegun = true;
        nextInterval = spec.everyMicros() == 0 ? Long.MAX_VALUE : time + spec.everyMicros();
        synchronized (lock) {
            snapshot = there;
            snapshotPosition = position;
            snapshotTime = time;
        }
        reached(position, time, there != null);
    }

    boolean hasBegun() {
        return hasBegun;
    }

    /** Begins with rows that were computed for it alone. For the thread of the dataflow. */
    void beginWith(Delta there, long position, long time) {
        begin(null, position, time);
        boolean isGiven = spec.snapshot() || spec.start() == SubscriptionSpec.Start.BEGINNING;
        if (isGiven && !there.isEmpty()) {
            add(new Change(position, time, there, spec.snapshot()));
        }
        if (isGiven) {
            reached(position, time, true);
        }
    }

    /** Takes the changes of a step. For the thread of the dataflow. */
    void offer(long position, long time, Delta delta) {
        if (position > spec.upTo()) {
            return;
        }
        if (spec.everyMicros() > 0) {
            Change before = held;
            held = before == null
                    ? new Change(position, time, delta)
                    : new Change(position, time, Deltas.sum(query, List.of(before.delta(), delta)));
            return;
        }
        add(new Change(position, time, delta));
        reached(position, time, true);
    }

    /** All changes up to a position have been offered. For the thread of the dataflow. */
    void reached(long position, long time, boolean hadRows) {
        boolean isEnd = position >= spec.upTo();
        nextProgress = spec.progress() ? time + IDLE_PROGRESS_MICROS : Long.MAX_VALUE;
        synchronized (lock) {
            if (spec.progress() && (hadRows || isEnd) && !isLast) {
                waiting.add(new Change(Math.min(position, spec.upTo()), time, Delta.NONE));
            }
            isLast |= isEnd;
        }
        schedule();
    }

    /**
     * Time has passed. For the thread of the dataflow.
     *
     * @return when it wants to be told next; {@code Long.MAX_VALUE}: never
     */
    long tick(long now, long position) {
        setBack(now);
        if (now >= nextProgress && held == null) {
            reached(position, now, true);
        }
        if (now < nextInterval) {
            return Math.min(nextInterval, nextProgress);
        }
        nextInterval += spec.everyMicros() * Math.max(1, (now - nextInterval) / spec.everyMicros() + 1);
        if (hasBacklog()) {
            return Math.min(nextInterval, nextProgress); // what is held goes on adding up
        }
        Change due = held;
        held = null;
        if (due != null && !due.delta().isEmpty()) {
            add(new Change(due.position(), now, due.delta()));
            reached(position, now, true);
        }
        return Math.min(nextInterval, nextProgress);
    }

    /** Steps go on from the time of the last one, and the clock may have been set back behind it. */
    private void setBack(long now) {
        if (nextProgress != Long.MAX_VALUE) {
            nextProgress = Math.min(nextProgress, now + IDLE_PROGRESS_MICROS);
        }
        if (nextInterval != Long.MAX_VALUE) {
            nextInterval = Math.min(nextInterval, now + spec.everyMicros());
        }
    }

    private void add(Change change) {
        boolean isTooMuch;
        synchronized (lock) {
            // a step may be as large as it is: too much is what comes while much waits
            isTooMuch = waitingRows > limit && !canConflate();
            waiting.add(change);
            waitingRows += change.delta().rows();
        }
        if (isTooMuch) {
            queue.fail(new MillraceException(
                            ErrorCode.LIMIT_EXCEEDED,
                            "the subscription has fallen behind: more than " + limit
                                    + " changes wait; the last position given in full is " + delivered)
                    .withHint("Go on with SINCE AFTER POSITION " + delivered + ", fetch faster, or raise the setting "
                            + BUFFER_ROWS + "."));
        }
        schedule();
    }

    /** Whether net changes of many steps are fewer, in the end, than all that happened. */
    private boolean canConflate() {
        return query.key() != null && !query.appendOnly() && !spec.isExact();
    }

    private void schedule() {
        synchronized (lock) {
            if (isScheduled) {
                return;
            }
            isScheduled = true;
        }
        threads.execute(this);
    }

    /** Gives out what waits, until the reader has enough. */
    @Override
    public void run() {
        synchronized (lock) {
            isScheduled = false;
        }
        synchronized (this) {
            try {
                conflate();
                give();
            } catch (RuntimeException | Error cause) { // ends this subscription and no other
                queue.fail(Failures.of(cause));
            }
            if (queue.isEnded()) {
                ended();
            }
        }
        tellOfRoom();
    }

    /** What is too much becomes its net changes: as many as there are keys, at most two for each. */
    @SuppressWarnings("NonAtomicVolatileUpdate") // one thread at a time counts
    private void conflate() {
        List<Change> all;
        synchronized (lock) {
            if (waitingRows <= conflateAbove || !canConflate()) {
                return;
            }
            all = List.copyOf(waiting);
            waiting.clear();
            waitingRows = 0;
        }
        Change last = all.get(all.size() - 1);
        Delta net = Deltas.sum(query, all.stream().map(Change::delta).toList());
        synchronized (lock) {
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

    private void give() {
        while (!queue.isEnded()) {
            if (isPaused || isPaused()) {
                return;
            }
            if (!giveNext()) {
                break;
            }
            queue.deliver();
            if (queue.isComplete()) {
                queue.finish();
            }
        }
        synchronized (lock) {
            if (isLast && waiting.isEmpty() && current == null && !queue.isEnded()) {
                queue.finish();
            }
        }
    }

    /** It is paused before the question, and not after the answer: by then the reader may have asked for more. */
    private boolean isPaused() {
        isPaused = true;
        if (queue.pauseIfFull()) {
            return true;
        }
        isPaused = false;
        return false;
    }

    /** Adds a batch of rows to the result; false when none waits. */
    private boolean giveNext() {
        TableRows there;
        synchronized (lock) {
            there = snapshot;
        }
        if (there != null) {
            Batch next = there.next();
            if (next != null) {
                queue.add(rows.present(next, snapshotPosition, snapshotTime, !spec.snapshot()));
                return true;
            }
            synchronized (lock) {
                snapshot = null;
            }
            delivered = snapshotPosition;
        }
        Change change = current;
        Iterator<ColumnBatch> left = batches;
        if (change != null && left != null && left.hasNext()) {
            ColumnBatch next = left.next();
            if (change.isSnapshot()) {
                rows.there(next, change.position(), change.time(), queue::add);
            } else {
                rows.changes(next, change.position(), change.time(), queue::add);
            }
            if (!left.hasNext()) {
                delivered = change.position();
                current = null;
            }
            return true;
        }
        synchronized (lock) {
            change = waiting.poll();
            if (change == null) {
                return false;
            }
            waitingRows -= change.delta().rows();
        }
        if (change.delta().isEmpty()) {
            queue.add(rows.progress(change.position(), change.time()));
            delivered = change.position();
            return true;
        }
        current = change;
        batches = change.delta().batches().iterator();
        return true;
    }

    /** There is room again. */
    @Override
    public void resume() {
        isPaused = false;
        schedule();
    }

    @Override
    public void ended() {
        leaveRegistry();
        var unused = onEnd.get();
    }

    private void leaveRegistry() {
        registry.remove(this);
        synchronized (lock) {
            waiting.clear();
            waitingRows = 0;
        }
        tellOfRoom();
    }

    @Override
    protected void leave() {
        leaveRegistry();
        Waits.join(onEnd.get());
    }
}
