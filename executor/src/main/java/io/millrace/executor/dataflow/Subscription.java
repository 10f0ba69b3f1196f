package io.millrace.executor.dataflow;

import io.millrace.error.MillraceException;
import io.millrace.executor.circuit.ContinuousStart;
import io.millrace.executor.circuit.Failures;
import io.millrace.executor.circuit.Query;
import io.millrace.executor.circuit.QueryDescription;
import io.millrace.executor.circuit.QuerySurroundings;
import io.millrace.executor.circuit.ResumePoint;
import io.millrace.executor.circuit.ResumeToken;
import io.millrace.executor.metrics.QueryMetrics;
import io.millrace.executor.table.TableRows;
import io.millrace.executor.view.Delta;
import io.millrace.executor.view.Deltas;
import io.millrace.executor.view.StepMarks;
import io.millrace.executor.work.Waits;
import io.millrace.plan.OutputColumn;
import io.millrace.plan.StandingQuery;
import io.millrace.plan.SubscriptionSpec;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
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
    private final String origin;
    private final Executor threads;
    private final Supplier<CompletableFuture<Void>> onEnd;
    private final long limit;
    private final StepMarks marks = new StepMarks();
    private final PendingChanges pending;
    private final Delivery delivery;
    private final AtomicBoolean isScheduled = new AtomicBoolean();

    private volatile boolean isLast;
    private volatile boolean isPaused;

    /** What follows is for the thread of the dataflow, or of what makes its steps again. */
    private final @Nullable ResumedStep resumed;

    /** Net changes since the last interval. */
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
        this.origin = surroundings.origin();
        this.limit = limit;
        this.threads = threads;
        this.onEnd = onEnd;
        ResumePoint resume = description.resume();
        resumed = resume == null ? null : new ResumedStep(query, resume);
        queue.follow(marks);
        pending = new PendingChanges(query, spec, limit);
        ChangeRows rows =
                new ChangeRows(spec.hasEnvelope(), query.root().rowType().types(), query.key());
        delivery = new Delivery(queue, marks, rows, pending, spec.snapshot());
    }

    SubscriptionStatus status(long viewId, long stateBytes) {
        return new SubscriptionStatus(
                description.id(),
                viewId,
                description.sql(),
                description.client(),
                description.started(),
                delivery.delivered(),
                pending.rows(),
                pending.conflations(),
                queue.deliveredRows(),
                stateBytes);
    }

    SubscriptionSpec spec() {
        return spec;
    }

    /** Where it goes on; null: it begins. */
    @Nullable
    ResumePoint resumePoint() {
        return description.resume();
    }

    /**
     * Tells the reader how another can go on; before it is given a row.
     *
     * @param start of windows; null: they have none
     * @param position after which it begins, if it begins now
     */
    void resumable(@Nullable ContinuousStart start, long position) {
        ResumePoint resume = description.resume();
        boolean isNow = spec.start() == SubscriptionSpec.Start.NOW && !spec.snapshot();
        if (spec.start().isPast()) {
            marks.beginAfter(spec.after());
        } else if (isNow) {
            marks.beginAfter(position);
        }
        ResumeToken token = resume == null
                ? ResumeToken.ofSteps(
                        description.maxRows(), origin, query.root(), isNow ? position : ResumeToken.NONE, start)
                : resume.token();
        queue.resumable(token.toString());
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
        return QueryMetrics.ofRows(delivery.delivered(), queue.deliveredRows());
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
        return pending.hasRoom(whenThereIs);
    }

    /** Begins; rows that are there come first, if any are given. For the thread of the dataflow. */
    void begin(@Nullable TableRows there, long position, long time) {
        if (!opens(position, time)) {
            return;
        }
        if (there != null) {
            ResumePoint resume = description.resume();
            delivery.begin(there, position, resume == null ? time : resume.time());
        }
        reached(position, time, there != null);
    }

    /** False when it would begin after its end, and has failed. */
    private boolean opens(long position, long time) {
        if (position > spec.upTo()) {
            fail(SubscriptionFailures.beginsTooLate(position, spec.upTo()));
            return false;
        }
        hasBegun = true;
        nextInterval = spec.everyMicros() == 0 ? Long.MAX_VALUE : time + spec.everyMicros();
        return true;
    }

    boolean hasBegun() {
        return hasBegun;
    }

    /**
     * Begins with what was computed for it alone: the rows that are there, or those that have come since it was asked for.
     * For the thread of the dataflow.
     */
    void beginWith(Delta given, long position, long time) {
        if (!opens(position, time)) {
            return;
        }
        ResumePoint resume = description.resume();
        if (resume != null && !given.isEmpty()) {
            delivery.beginWith(new Change(position, resume.time(), given, spec.snapshot()));
        } else if (!given.isEmpty()) {
            add(new Change(position, time, given, spec.snapshot()));
        } else if (spec.givesWhatIsThere()) {
            marks.beginAfter(position);
        }
        reached(position, time, spec.givesWhatIsThere() || !given.isEmpty());
    }

    /** Takes the changes of a step. For the thread of the dataflow. */
    void offer(long position, long time, Delta delta) {
        ResumedStep step = resumed;
        if (position > spec.upTo() || (step != null && step.takes(position, delta))) {
            return;
        }
        passed(position);
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

    /** A step has been made. For the thread of the dataflow. */
    void passed(long position) {
        Change change = resumed == null ? null : resumed.take(position);
        if (change != null) {
            delivery.beginWith(change);
            reached(change.position(), change.time(), true);
        }
    }

    /** All changes up to a position have been offered. For the thread of the dataflow. */
    void reached(long position, long time, boolean hadRows) {
        boolean isEnd = position >= spec.upTo();
        nextProgress = spec.progress() ? time + IDLE_PROGRESS_MICROS : Long.MAX_VALUE;
        if (spec.progress() && (hadRows || isEnd) && !isLast) {
            pending.add(new Change(Math.min(position, spec.upTo()), time, Delta.NONE));
        }
        if (isEnd) {
            isLast = true;
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
        if (pending.hasBacklog()) {
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
        if (!pending.add(change)) {
            queue.fail(SubscriptionFailures.fallenBehind(limit, delivery.delivered()));
        }
        schedule();
    }

    private void schedule() {
        if (isScheduled.compareAndSet(false, true)) {
            threads.execute(this);
        }
    }

    /** Gives out what waits, until the reader has enough. */
    @Override
    public void run() {
        isScheduled.set(false);
        synchronized (this) {
            try {
                pending.conflate();
                give();
            } catch (RuntimeException | Error cause) { // ends this subscription and no other
                queue.fail(Failures.of(cause));
            }
            if (queue.isEnded()) {
                ended();
            }
        }
        pending.tellOfRoom(queue.isEnded());
    }

    private void give() {
        while (!queue.isEnded()) {
            if (isPaused || isPaused()) {
                return;
            }
            if (!delivery.next()) {
                break;
            }
            queue.deliver();
            if (queue.isComplete()) {
                queue.finish();
            }
        }
        boolean isEnd = isLast; // before the question whether anything is left, which is added before the end is told
        if (isEnd && delivery.isEmpty() && !queue.isEnded()) {
            queue.finish();
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
        pending.clear();
        pending.tellOfRoom(queue.isEnded());
    }

    @Override
    protected void leave() {
        leaveRegistry();
        Waits.join(onEnd.get());
    }
}
