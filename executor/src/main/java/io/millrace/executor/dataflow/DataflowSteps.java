package io.millrace.executor.dataflow;

import io.millrace.error.ErrorCode;
import io.millrace.error.MillraceException;
import io.millrace.executor.checkpoint.ViewChange;
import io.millrace.executor.circuit.Failures;
import io.millrace.executor.state.MemoryBudget;
import io.millrace.executor.time.EngineClock;
import io.millrace.executor.view.Delta;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a step does to the views of a dataflow. One that fails is out of use, with those that read it; the others go on. For
 * the thread of the dataflow, but for what says otherwise.
 */
final class DataflowSteps implements AutoCloseable {
    private static final Logger LOGGER = LoggerFactory.getLogger(DataflowSteps.class);
    /** A view that lacks no more than so many blocks gets them between two steps. */
    private static final long SMALL_LAG = 64;

    private final EngineClock clock;
    private final StepSource source;
    private final Executor fillers;
    private final Consumer<Runnable> commands;
    private final LogTaps taps = new LogTaps();
    private final Retries retries;
    private final ViewSet views = new ViewSet();
    private final RecordWait records = new RecordWait();
    /** Views that have been filled while a step is not on disk. */
    private final List<Runnable> afterStep = new ArrayList<>();

    /** Whether logs may be read for views that have failed. */
    private boolean hasFailed;

    /** What the last step changed. */
    private List<ViewChange> changes = List.of();

    /** Null when all that views have taken is on disk. */
    private @Nullable MadeStep unwritten;

    private long catalog;
    private int identity;
    private @Nullable MillraceException halted;
    private volatile Published published;

    /**
     * @param source says what the next step is
     * @param commands runs what it is given between two steps
     * @param position before the first step
     */
    DataflowSteps(
            EngineClock clock,
            StepSource source,
            MemoryBudget memory,
            Executor fillers,
            Consumer<Runnable> commands,
            long position) {
        this.clock = clock;
        this.source = source;
        retries = new Retries(memory, clock);
        this.fillers = fillers;
        this.commands = commands;
        published = Published.nothing(position);
    }

    /** On any thread. */
    Published published() {
        return published;
    }

    /** On any thread. */
    ViewSet views() {
        return views;
    }

    /** The highest number of a view, or of another object that follows steps, so far. */
    long catalog() {
        return catalog;
    }

    /**
     * Adds views, which are filled from the next step on.
     *
     * @throws MillraceException DISK_FULL when no further step can be made for now; then none is added
     */
    void add(List<StandingView> added) {
        try {
            catchUp();
            records.check();
            addWaiting(added);
            records.check();
        } catch (MillraceException noStep) {
            views.removeAll(added.stream().map(StandingView::id).toList());
            added.forEach(StandingView::close);
            throw noStep;
        }
    }

    /** Adds views, which are filled as soon as a step can be made. */
    void addWaiting(List<StandingView> added) {
        added.forEach(view -> catalog = Math.max(catalog, view.id()));
        views.add(added);
        step();
        startFillings();
    }

    /** Makes a step that knows an object of a number, if none does: a position after which one can go on. */
    void know(long id) {
        catchUp();
        records.check();
        catalog = Math.max(catalog, id);
        step();
        records.check();
    }

    /** How much of the logs steps have taken so far. */
    long inputBytes() {
        return taps.bytes();
    }

    /** Whether a further step can be made for now. */
    RecordWait records() {
        return records;
    }

    /** So that the next step, which takes all that there is, is no longer than others. */
    void catchUp() {
        if (unwritten != null) {
            step();
        }
        long last = source.backlog();
        while (published.cut().sequence() < last && step()) {
            continue;
        }
    }

    /**
     * Begins with views as they were after an earlier step, before anything else is added.
     *
     * @param madeAs the identity of that step
     * @param cut up to which they have taken what there was
     */
    void restore(List<StandingView> restored, long position, int madeAs, Cut cut) {
        identity = madeAs;
        published = new Published(position, identity, cut, Map.of(), Map.of());
        join(restored, List.of());
    }

    /**
     * Takes in views that have all that the last step has shown, before anything else is added.
     *
     * @param changed what the last step changed in them
     */
    void join(List<StandingView> brought, List<ViewChange> changed) {
        List<ViewChange> all = new ArrayList<>(changes);
        all.addAll(changed);
        changes = all;
        views.add(brought);
        brought.forEach(view -> {
            catalog = Math.max(catalog, view.id());
            taps.join(view, id -> LogTap.of(published.cut(), id));
            view.subscriptions().startHistory(published.position());
        });
        show(published.position(), published.cut());
    }

    /** Fills views up to where the others are. */
    void fill(List<StandingView> added) {
        views.add(added);
        startFillings();
    }

    /** Takes in a view that has all that the last step has shown, and was computed elsewhere. */
    void adopt(StandingView view) {
        views.add(List.of(view));
        taps.join(view, id -> LogTap.of(published.cut(), id));
    }

    /** Gives a view away, as it is. */
    void release(StandingView view) {
        views.removeAll(List.of(view.id()));
    }

    /** Removes views; completes when nothing reads for them any more. */
    CompletableFuture<Void> remove(Collection<Long> ids) {
        List<CompletableFuture<Void>> closed = new ArrayList<>();
        for (StandingView view : views) {
            if (ids.contains(view.id())) {
                view.subscriptions()
                        .fail(new MillraceException(
                                ErrorCode.UNDEFINED_OBJECT,
                                "view \"" + view.plan().name() + "\" has been dropped"));
                view.drop();
                retries.forget(view.id());
                closed.add(view.closed());
                if (view.state() != StandingView.State.FILLING) { // whoever fills it closes it
                    view.close();
                }
            }
        }
        views.removeAll(ids);
        hasFailed = true;
        show(published.position(), published.cut());
        runAfterStep(); // those who fill what is gone by now close it
        return CompletableFuture.allOf(closed.toArray(CompletableFuture[]::new));
    }

    /** Takes what has become visible since the last step; false when there was nothing, or it is not on disk yet. */
    boolean step() {
        MadeStep made = unwritten == null ? make() : unwritten;
        if (made == null) {
            return false;
        }
        unwritten = made;
        Step step = made.step();
        if (!isWritten(step)) {
            return false;
        }
        unwritten = null;
        identity = step.identity();
        tellOthers(made);
        show(step.position(), step.cut());
        made.tellFollowers();
        views.forEach(view -> view.subscriptions().reached(step.position(), step.time()));
        runAfterStep();
        startFillings();
        return true;
    }

    /** Gives all views what comes next; null when there is nothing. */
    private @Nullable MadeStep make() {
        Step step = halted == null ? source.next(published, catalog, changes) : null;
        if (step == null) {
            return null;
        }
        if (step.position() == published.position()) { // of what there is nothing is new
            show(step.position(), step.cut());
            return make();
        }
        MadeStep made = MadeStep.of(step);
        taps.read(step.cut(), this::failed);
        for (StandingView view : views) {
            if (view.isLive()) {
                step(view, made);
            }
        }
        failReaders();
        retries.beginAnew(views, published.cut(), step.cut(), step.time(), Set.of());
        return made;
    }

    private void runAfterStep() {
        List<Runnable> waiting = List.copyOf(afterStep);
        afterStep.clear();
        waiting.forEach(Runnable::run);
    }

    private void step(StandingView view, MadeStep made) {
        try {
            for (Feed feed : view.feeds()) {
                Delta read = feed.kind() == Feed.Kind.VIEW ? made.deltas().get(feed.id()) : null;
                if (read != null) {
                    read.batches()
                            .forEach(batch -> view.feed(() -> feed.pipeline().pushScan(batch)));
                }
            }
            if (view.isTouched()) {
                Delta delta = view.endStep(made.step().position());
                if (!delta.isEmpty()) {
                    made.add(view, delta);
                }
            }
        } catch (RuntimeException | Error cause) { // ends this view and no other
            failed(view, cause);
        }
    }

    /** Nobody may see what could not be made again: if its record can never be written, a step is the last, and shows nothing. */
    private boolean isWritten(Step step) {
        try {
            return records.isOver(step, published.position());
        } catch (MillraceException failure) {
            LOGGER.error("the views stop after position {}", published.position(), failure);
            halted = failure;
            unwritten = null;
            for (StandingView view : views) {
                if (view.state() != StandingView.State.FILLING) {
                    failed(view, failure);
                }
            }
            runAfterStep();
            show(published.position(), published.cut());
            return false;
        }
    }

    /** No step is made. Before the first. */
    void halt(MillraceException cause) {
        halted = cause;
    }

    /** Why no further step is made; null while they are. */
    @Nullable
    MillraceException halted() {
        return halted;
    }

    /** Whether a view takes all steps. */
    boolean isLive(long viewId) {
        StandingView view = views.find(viewId);
        return view != null && view.isLive();
    }

    /** Whatever happens, the step is made: its position must not be given to another. */
    private void tellOthers(MadeStep made) {
        try {
            changes = List.of();
            changes = made.noted();
            made.tellThoseBeingFilled(views);
        } catch (RuntimeException | Error cause) { // ends those that miss something
            views.forEach(view -> view.missed(cause));
        }
    }

    /** Shows all views at a position, at once. */
    private void show(long position, Cut cut) {
        if (hasFailed) {
            hasFailed = false;
            taps.leave();
        }
        published = views.published(position, identity, cut, unwritten == null ? null : published);
    }

    private void failed(StandingView view, Throwable cause) {
        failed(view, cause, published.cut());
    }

    /** @param at the cut up to which the view has taken what there is */
    private void failed(StandingView view, Throwable cause, Cut at) {
        if (view.failure() != null || view.isDropped()) {
            return;
        }
        MillraceException stopped = view.stopped();
        MillraceException failure = stopped == null ? Failures.of(cause) : stopped;
        if (view.plan().keepsRows()) {
            LOGGER.error("materialized view \"{}\" is out of use", view.plan().name(), failure);
            failure = new MillraceException(
                    failure.code(),
                    "materialized view \"" + view.plan().name() + "\" is out of use: " + failure.primary(),
                    "Mend the rows that it reads, or replace it with CREATE OR REPLACE MATERIALIZED VIEW.",
                    null,
                    failure);
        }
        view.subscriptions().fail(failure);
        view.fail(failure);
        retries.failed(view, failure, at, clock.epochMicros());
        hasFailed = true;
    }

    /** Begins anew with views that somebody wants to read, if what they read has changed since they failed. */
    void retryNow(Set<Long> wanted) {
        if (unwritten != null) {
            return;
        }
        List<StandingView> before = views.list();
        retries.beginAnew(views, published.cut(), published.cut(), clock.epochMicros(), wanted);
        if (views.list() != before) {
            show(published.position(), published.cut());
            startFillings();
        }
    }

    /** When views that have failed are tried again; {@code Long.MAX_VALUE}: not before something changes. */
    long nextRetry() {
        return retries.isEmpty() ? Long.MAX_VALUE : retries.next(views.list(), published.cut());
    }

    /** Gives up the views that read one that has failed; one that is being filled is given up when that is done. */
    private void failReaders() {
        for (StandingView view : views) {
            if (view.failure() == null && view.state() != StandingView.State.FILLING) {
                MillraceException broken = views.failureOfRead(view);
                if (broken != null) {
                    failed(view, broken);
                }
            }
        }
    }

    /** Gives up the views that could only be computed with rows that are not there any more. */
    private void failLost() {
        for (StandingView view : views) {
            if (view.state() == StandingView.State.WAITING) {
                MillraceException lost =
                        Refilling.refusal(view.plan(), published.cut().streams());
                if (lost != null) {
                    failed(view, lost);
                }
            }
        }
    }

    /** Begins to fill the views that all they read is there for. */
    private void startFillings() {
        if (unwritten != null) {
            return;
        }
        failLost();
        failReaders();
        if (hasFailed) {
            show(published.position(), published.cut());
        }
        for (StandingView view : views) {
            if (view.state() == StandingView.State.WAITING
                    && views.readOf(view, StandingView.State.WAITING) == null
                    && views.readOf(view, StandingView.State.FILLING) == null) {
                view.filling();
                fill(new Filling(view), published);
            }
        }
    }

    private void fill(Filling filling, Published to) {
        fillers.execute(() -> {
            Throwable failure = null;
            try {
                filling.advance(to);
            } catch (RuntimeException | Error cause) { // is told to whoever reads the view
                failure = cause;
            }
            Throwable cause = failure;
            commands.accept(() -> filled(filling, cause, to.cut()));
        });
    }

    private void filled(Filling filling, @Nullable Throwable failure, Cut at) {
        StandingView view = filling.view();
        if (view.isDropped()) {
            filling.close();
            view.close();
            return;
        }
        if (unwritten != null) { // the others are beyond what is shown
            afterStep.add(() -> filled(filling, failure, at));
            return;
        }
        try {
            Throwable missed = failure == null ? view.missed() : failure;
            Throwable cause = missed == null ? views.failureOfRead(view) : missed;
            if (cause != null) {
                failed(view, cause, at);
            } else if (filling.lag(published.cut()) > SMALL_LAG) {
                fill(filling, published);
                return;
            } else {
                filling.advance(published);
                taps.join(view, filling::take);
                view.live();
                retries.forget(view.id());
                filling.beginSubscriptions(published, clock.epochMicros());
            }
        } catch (RuntimeException | Error cause) { // ends this view and no other
            failed(view, cause);
        }
        filling.close();
        show(published.position(), published.cut());
        startFillings();
    }

    /** Frees all views; what is shown stays. */
    @Override
    public void close() {
        for (StandingView view : views) {
            view.drop();
            if (view.state() != StandingView.State.FILLING) {
                view.close();
            }
        }
        taps.close();
    }
}
