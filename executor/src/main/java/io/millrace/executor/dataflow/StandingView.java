package io.millrace.executor.dataflow;

import io.millrace.error.ErrorCode;
import io.millrace.error.Limit;
import io.millrace.error.MillraceException;
import io.millrace.executor.circuit.Pipeline;
import io.millrace.executor.circuit.QueryRegistry;
import io.millrace.executor.circuit.StandingCircuit;
import io.millrace.executor.circuit.WorkMeter;
import io.millrace.executor.metrics.QueryMetrics;
import io.millrace.executor.state.QueryMemory;
import io.millrace.executor.table.TableVersion;
import io.millrace.executor.time.EngineClock;
import io.millrace.executor.view.ChangeGatherer;
import io.millrace.executor.view.Delta;
import io.millrace.executor.view.ViewContents;
import io.millrace.executor.work.QueryScope;
import io.millrace.plan.Values;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.function.LongPredicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A view in the dataflow: its circuit and its rows. One thread at a time works on it: one that fills it first, that of the
 * dataflow from then on. Any may ask how it is.
 */
final class StandingView implements AutoCloseable {
    private static final long LARGE_STEP = 1 << 20;

    private final ViewPlan plan;
    private final EngineClock clock;
    private final List<Feed> feeds;
    private final Set<Long> reads;
    private final Subscriptions subscriptions = new Subscriptions();

    /** Changes of the views that it reads, since the position up to which it is being filled. */
    private final Queue<ViewChange> pending = new ConcurrentLinkedQueue<>();

    /** Null once the view has failed: what it held is let go. */
    private volatile @Nullable Parts parts;

    private volatile State state = State.WAITING;
    private volatile @Nullable MillraceException failure;
    private volatile boolean isDropped;
    private volatile @Nullable MillraceException stopped;
    private final WorkMeter meter = new WorkMeter();
    private volatile long rowCount;
    private final CompletableFuture<Void> closed = new CompletableFuture<>();
    private volatile @Nullable Throwable missed;
    private boolean isTouched;
    private long touchedAt;
    private long stepNanos;
    /** Of all changes of the rows so far, if operators can give the rows anew. */
    private long contentsHash;

    private @Nullable DerivedRows quietAt;

    /** Where a view is on its way. */
    enum State {
        /** For a view that it reads. */
        WAITING,
        FILLING,
        LIVE,
        FAILED
    }

    /** What a step changed in a view that this one reads. */
    record ViewChange(long viewId, Change change) {}

    /** @param contents null when only the changes are wanted */
    private record Parts(
            StandingCircuit circuit,
            ChangeGatherer gatherer,
            @Nullable ViewContents contents) {}

    StandingView(ViewPlan plan, QueryMemory memory, EngineClock clock) {
        this.plan = plan;
        this.clock = clock;
        ViewContents contents = plan.keepsRows() ? new ViewContents(plan.name(), plan.query()) : null;
        ChangeGatherer gatherer = new ChangeGatherer(plan.query(), contents == null ? () -> 0 : contents::bytes);
        StandingCircuit circuit = new StandingCircuit(
                plan.query().root(), plan.start(), gatherer, memory, clock.epochMicros(), clock::nanoTime);
        if (contents != null) {
            gatherer.early(delta -> apply(delta, 0, bytes -> false)); // nobody reads the changes yet
        }
        parts = new Parts(circuit, gatherer, contents);
        feeds = circuit.pipelines().stream().map(Feed::of).toList();
        reads = feeds.stream()
                .filter(feed -> feed.kind() == Feed.Kind.VIEW)
                .map(Feed::id)
                .collect(Collectors.toSet());
    }

    ViewPlan plan() {
        return plan;
    }

    long id() {
        return plan.id();
    }

    List<Feed> feeds() {
        return feeds;
    }

    /** The views that it reads. */
    Set<Long> reads() {
        return reads;
    }

    Queue<ViewChange> pending() {
        return pending;
    }

    State state() {
        return state;
    }

    boolean isLive() {
        return state == State.LIVE;
    }

    @Nullable
    MillraceException failure() {
        return failure;
    }

    /** How many rows the view has. */
    long rowCount() {
        return rowCount;
    }

    @Nullable
    QueryMetrics metrics() {
        Parts present = parts;
        return present == null ? null : present.circuit.metrics(rowCount);
    }

    boolean isDropped() {
        return isDropped;
    }

    /** Completes when nothing works for it any more. */
    CompletableFuture<Void> closed() {
        return closed;
    }

    /** Work on it is to end; what it holds is freed when it is closed. */
    void drop() {
        isDropped = true;
    }

    /** While it was being filled it has not been told what another view changed. */
    void missed(Throwable cause) {
        if (state == State.FILLING) {
            missed = cause;
        }
    }

    /** Why it cannot be filled; null when it can. */
    @Nullable
    Throwable missed() {
        return missed;
    }

    void filling() {
        state = State.FILLING;
    }

    /** It has all rows up to the position of the dataflow, and takes each step from now on. */
    void live() {
        parts().gatherer.early(null);
        pending.clear();
        state = State.LIVE;
    }

    /** The operators of a view that is in use. */
    StandingCircuit circuit() {
        return parts().circuit;
    }

    /** The rows of a view that is in use. */
    ViewContents contents() {
        ViewContents contents = parts().contents;
        if (contents == null) {
            throw MillraceException.internal("the rows of \"" + plan.name() + "\" are not kept");
        }
        return contents;
    }

    /** Whether its state can be saved, and is worth it. */
    boolean isSavable() {
        return plan.keepsRows() && state == State.LIVE && !isDropped;
    }

    /** Whether the operators can give all rows anew, so that these need not be saved. */
    boolean isDerived() {
        return plan.keepsRows() && parts().circuit.canGiveAll();
    }

    /** What the rows are known by when they are derived; between steps. */
    DerivedRows derivedRows() {
        return new DerivedRows(rowCount, contentsHash);
    }

    /**
     * Lets the operators give the rows, as they are after the step of a position.
     *
     * @param saved what was known of them at some time before; null: nothing
     * @param helper takes them while the operators go on
     */
    void deriveRows(long position, @Nullable DerivedRows saved, Executor helper) {
        Parts present = parts();
        quietAt = null;
        contents().expect(saved == null ? 0 : saved.count());
        try (HelperWork rows = new HelperWork(helper);
                QueryScope scope = present.circuit.enter(this::isEnded)) {
            present.gatherer.whole(delta -> rows.next(() -> applyFirst(delta)));
            present.circuit.giveAll();
            present.gatherer.whole(null);
            rows.end();
        }
        touchedAt = position;
    }

    /** The position of the last step that touched it. */
    long touchedAt() {
        return touchedAt;
    }

    /** It has been given its state as it was after the step of a position; the rows that are derived may be missing. */
    void restored(long position) {
        touchedAt = position;
        rowCount = contents().rowCount();
        live();
    }

    /**
     * Lets the operators take steps, without the rows, until {@link #deriveRows}.
     *
     * @param saved what is known of the rows as they are now
     */
    void beQuiet(DerivedRows saved) {
        parts().circuit.beQuiet();
        quietAt = saved;
    }

    /** What was known of the rows when the operators began to take steps without them; null: they did not, or do no more. */
    @Nullable
    DerivedRows quietAt() {
        return quietAt;
    }

    /** Gives changes to pipelines. */
    void feed(Runnable work) {
        if (!isTouched) {
            isTouched = true;
            stepNanos = 0;
            parts().circuit.beginStep(clock.epochMicros());
        }
        long began = clock.nanoTime();
        meter.begin();
        try (QueryScope scope = parts().circuit.enter(this::isEnded)) {
            work.run();
        } finally {
            meter.end();
        }
        stepNanos += clock.nanoTime() - began;
    }

    private boolean isEnded() {
        return isDropped || stopped != null;
    }

    /** Ends the work on the view if it has kept the thread of all views busy for longer than that. On any thread. */
    void expire(long nanos) {
        if (isLive() && meter.nanos() > nanos) {
            stopped = Limit.exceeded(
                            ErrorCode.LIMIT_EXCEEDED,
                            "the view has held up the others for too long",
                            nanos / 1_000_000 + " ms",
                            QueryRegistry.STEP_TIME,
                            null)
                    .withHint("Make it cheaper for each row. " + Limit.hint(QueryRegistry.STEP_TIME));
        }
    }

    /** Why the work on the view was ended; null when it was not. */
    @Nullable
    MillraceException stopped() {
        return stopped;
    }

    /** Gives a pipeline the rows that a query has of itself. */
    void feedValues(Pipeline pipeline) {
        try (var source = parts().circuit.values((Values) pipeline.source())) {
            for (var batch = source.next(); batch != null; batch = source.next()) {
                pipeline.push(batch);
            }
        }
    }

    /** Whether the end of the step will give so many changes that they are better given in parts. */
    boolean hasLargeStep() {
        return feeds.size() == 1 && parts().circuit.touchedGroups() > LARGE_STEP;
    }

    /** Whether something has been fed since the last step ended. */
    boolean isTouched() {
        return isTouched;
    }

    /** Ends the step: what changed in the view's rows. */
    Delta endStep(long position) {
        meter.begin();
        try {
            Delta delta = endOperators(position);
            apply(delta, position, parts().circuit::hasRoom);
            return delta;
        } finally {
            meter.end();
        }
    }

    /** Ends a step that operators took quietly. */
    void endQuietStep() {
        endOperators(touchedAt);
    }

    private Delta endOperators(long position) {
        isTouched = false;
        touchedAt = position;
        try (QueryScope scope = parts().circuit.enter(this::isEnded)) {
            parts().circuit.endStep(Math.max(1, stepNanos));
            return parts().gatherer.take();
        }
    }

    private void apply(Delta delta, long position, LongPredicate hasRoom) {
        ViewContents contents = parts().contents;
        if (contents != null) {
            contents.apply(delta, position, hasRoom);
            rowCount = contents.rowCount();
            contentsHash += isDerived() ? delta.hash() : 0;
        }
    }

    private void applyFirst(Delta part) {
        ViewContents contents = contents();
        contents.applyFirst(part);
        rowCount = contents.rowCount();
        contentsHash += part.hash();
    }

    /** The rows after the step of a position, or a later one that did not touch the view; null when none are kept. */
    @Nullable
    TableVersion version(long position) {
        ViewContents contents = parts().contents;
        return contents == null ? null : contents.version(position);
    }

    Subscriptions subscriptions() {
        return subscriptions;
    }

    private Parts parts() {
        Parts present = parts;
        if (present == null) {
            throw MillraceException.internal("view \"" + plan.name() + "\" is out of use");
        }
        return present;
    }

    /** The view is out of use. */
    void fail(MillraceException cause) {
        if (state != State.FAILED) {
            failure = cause;
            state = State.FAILED;
            close();
        }
    }

    @Override
    public void close() {
        isDropped = true;
        pending.clear();
        subscriptions.clear();
        Parts present = parts;
        parts = null;
        if (present != null) {
            present.circuit.close();
        }
        closed.complete(null);
    }
}
