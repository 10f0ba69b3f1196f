package io.millrace.executor.dataflow;

import io.millrace.error.ErrorCode;
import io.millrace.error.MillraceException;
import io.millrace.executor.circuit.Failures;
import io.millrace.executor.metrics.QueryMetrics;
import io.millrace.executor.state.MemoryBudget;
import io.millrace.executor.table.TableRows;
import io.millrace.executor.table.TableVersion;
import io.millrace.executor.time.EngineClock;
import io.millrace.executor.view.Delta;
import io.millrace.plan.SubscriptionSpec;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The views of a dataflow, and what a step does. One that fails is out of use, with those that read it; the others go on.
 * For the thread of the dataflow, but for what says otherwise.
 */
final class DataflowSteps implements AutoCloseable {
    private static final Logger LOGGER = LoggerFactory.getLogger(DataflowSteps.class);
    /** A view that lacks no more than so many blocks gets them between two steps. */
    private static final long SMALL_LAG = 64;

    private final EngineClock clock;
    private final Supplier<Cut> cuts;
    private final Executor fillers;
    private final Consumer<Runnable> commands;
    private final MemoryBudget memory;
    private final LogTaps taps = new LogTaps();
    private final Retries retries = new Retries();

    /** Whether logs may be read for views that have failed. */
    private boolean hasFailed;

    /** Each after those that it reads. */
    private volatile List<StandingView> views = List.of();

    private volatile Published published;

    /**
     * @param commands runs what it is given between two steps
     * @param firstPosition before the first step
     */
    DataflowSteps(
            EngineClock clock,
            Supplier<Cut> cuts,
            MemoryBudget memory,
            Executor fillers,
            Consumer<Runnable> commands,
            long firstPosition) {
        this.clock = clock;
        this.cuts = cuts;
        this.memory = memory;
        this.fillers = fillers;
        this.commands = commands;
        published = new Published(firstPosition, Cut.NOTHING, Map.of(), Map.of());
    }

    /** On any thread. */
    Published published() {
        return published;
    }

    /** On any thread. */
    boolean isEmpty() {
        return views.isEmpty();
    }

    /** Whether there is a view of that number, whatever its state. */
    boolean has(long id) {
        return views.stream().anyMatch(view -> view.id() == id);
    }

    /** On any thread. */
    @Nullable
    ViewStatus status(long id) {
        return statuses().get(id);
    }

    /** Of the views that people read. On any thread. */
    Map<Long, ViewStatus> statuses() {
        Map<Long, ViewStatus> statuses = new TreeMap<>();
        for (StandingView view : views) {
            if (view.plan().keepsRows()) {
                statuses.put(
                        view.id(),
                        new ViewStatus(
                                view.state().name().toLowerCase(Locale.ROOT),
                                view.rowCount(),
                                view.failure(),
                                view.metrics()));
            }
        }
        return statuses;
    }

    /** Ends the work on a view that has kept the thread busy for longer than that. On any thread. */
    void expire(long nanos) {
        views.forEach(view -> view.expire(nanos));
    }

    /** On any thread. */
    List<SubscriptionStatus> subscriptions() {
        List<SubscriptionStatus> statuses = new ArrayList<>();
        for (StandingView view : views) {
            QueryMetrics metrics = view.plan().keepsRows() ? null : view.metrics();
            long bytes = metrics == null ? 0 : metrics.stateBytes();
            view.subscriptions().all().forEach(subscription -> statuses.add(subscription.status(view.id(), bytes)));
        }
        return statuses;
    }

    void add(List<StandingView> added) {
        List<StandingView> all = new ArrayList<>(views);
        all.addAll(added);
        views = List.copyOf(all);
        step();
        startFillings();
    }

    /** Removes views; completes when nothing reads for them any more. */
    CompletableFuture<Void> remove(Collection<Long> ids) {
        List<CompletableFuture<Void>> closed = new ArrayList<>();
        List<StandingView> left = new ArrayList<>();
        for (StandingView view : views) {
            if (!ids.contains(view.id())) {
                left.add(view);
                continue;
            }
            view.subscriptions()
                    .fail(new MillraceException(
                            ErrorCode.UNDEFINED_OBJECT, "view \"" + view.plan().name() + "\" has been dropped"));
            view.drop();
            retries.forget(view.id());
            closed.add(view.closed());
            if (view.state() != StandingView.State.FILLING) { // whoever fills it closes it
                view.close();
            }
        }
        views = List.copyOf(left);
        hasFailed = true;
        show(published.position(), published.cut());
        return CompletableFuture.allOf(closed.toArray(CompletableFuture[]::new));
    }

    /** Takes what has become visible since the last step. */
    void step() {
        Cut cut = cuts.get();
        if (cut.sequence() == published.cut().sequence()) {
            return;
        }
        long position = published.position() + 1;
        long now = clock.epochMicros();
        taps.read(cut, this::failed);
        Map<Long, Delta> deltas = new HashMap<>();
        for (StandingView view : views) {
            if (view.isLive()) {
                step(view, position, now, deltas);
            }
        }
        failReaders();
        retry(cut, now, Set.of());
        tellThoseBeingFilled(position, now, deltas);
        show(position, cut);
        views.forEach(view -> view.subscriptions().reached(position, now));
        startFillings();
    }

    private void step(StandingView view, long position, long now, Map<Long, Delta> deltas) {
        try {
            for (Feed feed : view.feeds()) {
                Delta read = feed.kind() == Feed.Kind.VIEW ? deltas.get(feed.id()) : null;
                if (read != null) {
                    read.batches()
                            .forEach(batch -> view.feed(() -> feed.pipeline().pushScan(batch)));
                }
            }
            if (view.isTouched()) {
                Delta delta = view.endStep(position);
                if (!delta.isEmpty()) {
                    deltas.put(view.id(), delta);
                    view.subscriptions().offer(new Change(position, now, delta));
                }
            }
        } catch (RuntimeException | Error cause) { // ends this view and no other
            failed(view, cause);
        }
    }

    private void tellThoseBeingFilled(long position, long now, Map<Long, Delta> deltas) {
        for (StandingView view : views) {
            if (view.state() == StandingView.State.FILLING && !deltas.isEmpty()) {
                for (long read : view.reads()) {
                    Delta delta = deltas.get(read);
                    if (delta != null) {
                        view.pending().add(new StandingView.ViewChange(read, new Change(position, now, delta)));
                    }
                }
            }
        }
    }

    /** Shows all views at a position, at once. */
    private void show(long position, Cut cut) {
        if (hasFailed) {
            hasFailed = false;
            taps.leave();
        }
        Map<Long, TableVersion> versions = new HashMap<>();
        Map<Long, MillraceException> failures = new HashMap<>();
        for (StandingView view : views) {
            MillraceException failure = view.failure();
            TableVersion version = view.isLive() ? view.version(position) : null;
            if (version != null) {
                versions.put(view.id(), version);
            } else if (failure != null) {
                failures.put(view.id(), failure);
            }
        }
        published = new Published(position, cut, versions, failures);
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

    /** Begins anew with views that their data has put out of use, when the data has changed since. */
    private void retry(Cut cut, long now, Set<Long> wanted) {
        Set<Long> due = retries.isEmpty() ? Set.of() : retries.due(views, cut, now, wanted);
        if (due.isEmpty()) {
            return;
        }
        List<StandingView> next = new ArrayList<>();
        for (StandingView view : views) {
            StandingView another = due.contains(view.id()) ? another(view) : null;
            next.add(another == null ? view : another);
        }
        views = List.copyOf(next);
    }

    /** Begins anew with views that somebody wants to read, if what they read has changed since they failed. */
    void retryNow(Set<Long> wanted) {
        List<StandingView> before = views;
        retry(published.cut(), clock.epochMicros(), wanted);
        if (views != before) {
            show(published.position(), published.cut());
            startFillings();
        }
    }

    private @Nullable StandingView another(StandingView failed) {
        try {
            return new StandingView(failed.plan(), memory.open(), clock);
        } catch (RuntimeException | Error noRoom) { // then it stays as it is
            LOGGER.warn(
                    "no room to begin anew with materialized view \"{}\"",
                    failed.plan().name(),
                    noRoom);
            return null;
        }
    }

    /** Gives up the views that read one that has failed; one that is being filled is given up when that is done. */
    private void failReaders() {
        for (StandingView view : views) {
            if (view.failure() == null && view.state() != StandingView.State.FILLING) {
                MillraceException broken = failureOfRead(view);
                if (broken != null) {
                    failed(view, broken);
                }
            }
        }
    }

    /** Null when all that a view reads is in use. */
    private @Nullable MillraceException failureOfRead(StandingView view) {
        StandingView broken = readOf(view, StandingView.State.FAILED);
        MillraceException cause = broken == null ? null : broken.failure();
        return broken == null || cause == null
                ? null
                : new MillraceException(
                        cause.code(), "it reads \"" + broken.plan().name() + "\", which is out of use");
    }

    /** Begins to fill the views that all they read is there for. */
    private void startFillings() {
        failReaders();
        if (hasFailed) {
            show(published.position(), published.cut());
        }
        for (StandingView view : views) {
            if (view.state() == StandingView.State.WAITING
                    && readOf(view, StandingView.State.WAITING) == null
                    && readOf(view, StandingView.State.FILLING) == null) {
                view.filling();
                fill(new Filling(view), published);
            }
        }
    }

    private @Nullable StandingView readOf(StandingView view, StandingView.State state) {
        for (StandingView other : views) {
            if (other.state() == state && view.reads().contains(other.id())) {
                return other;
            }
        }
        return null;
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
        try {
            Throwable cause = failure == null ? failureOfRead(view) : failure;
            if (cause != null) {
                failed(view, cause, at);
            } else if (filling.lag(published.cut()) > SMALL_LAG) {
                fill(filling, published);
                return;
            } else {
                filling.advance(published);
                taps.join(filling);
                view.live();
                retries.forget(view.id());
                long now = clock.epochMicros();
                if (view.plan().keepsRows()) {
                    view.subscriptions().startHistory(published.position());
                    view.subscriptions().all().forEach(subscription -> begin(view, subscription));
                } else {
                    Delta there = filling.given();
                    view.subscriptions()
                            .all()
                            .forEach(subscription -> subscription.beginWith(there, published.position(), now));
                }
            }
        } catch (RuntimeException | Error cause) { // ends this view and no other
            failed(view, cause);
        }
        filling.close();
        show(published.position(), published.cut());
        startFillings();
    }

    /**
     * Gives a subscription the changes of a view after what has been acknowledged until now; it fails when there is no such
     * view.
     */
    void subscribe(Subscription subscription, long viewId) {
        step();
        for (StandingView view : views) {
            if (view.id() == viewId) {
                MillraceException failure = view.failure();
                if (failure != null) {
                    subscription.fail(failure);
                    return;
                }
                view.subscriptions().add(subscription);
                if (view.isLive()) {
                    begin(view, subscription);
                }
                return;
            }
        }
        subscription.fail(new MillraceException(ErrorCode.UNDEFINED_OBJECT, "the view does not exist any more"));
    }

    private void begin(StandingView view, Subscription subscription) {
        long now = clock.epochMicros();
        try {
            SubscriptionSpec spec = subscription.spec();
            if (spec.start() == SubscriptionSpec.Start.AFTER_POSITION) {
                view.subscriptions().replay(subscription, published.position(), now);
                return;
            }
            TableVersion version = spec.snapshot() ? published.views().get(view.id()) : null;
            if (spec.snapshot() && version == null) {
                version = view.version(published.position()); // it is there, but has not been shown yet
            }
            TableRows rows = version == null
                    ? null
                    : version.scan(IntStream.range(
                                    0, view.plan().query().root().rowType().size())
                            .boxed()
                            .toList());
            subscription.begin(rows, published.position(), now);
        } catch (RuntimeException | Error cause) { // ends this subscription and no other
            subscription.fail(Failures.of(cause));
        }
    }

    /** Lets go of subscriptions that have ended, and of what was computed for them alone. */
    CompletableFuture<Void> forgetSubscriptions() {
        List<Long> idle = new ArrayList<>();
        for (StandingView view : views) {
            if (view.subscriptions().removeEnded() && !view.plan().keepsRows()) {
                idle.add(view.id());
            }
        }
        return idle.isEmpty() ? CompletableFuture.completedFuture(null) : remove(idle);
    }

    /** Tells subscriptions the time; returns when that is wanted next, {@code Long.MAX_VALUE}: never. */
    long tick() {
        long next = retries.isEmpty() ? Long.MAX_VALUE : retries.next(views, published.cut());
        if (next <= clock.epochMicros()) {
            retryNow(Set.of());
            next = Long.MAX_VALUE;
        }
        for (StandingView view : views) {
            next = Math.min(next, view.subscriptions().tick(clock.epochMicros(), published.position()));
        }
        return next;
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
