package io.millrace.executor.dataflow;

import io.millrace.error.ErrorCode;
import io.millrace.error.MillraceException;
import io.millrace.executor.checkpoint.StepLog;
import io.millrace.executor.checkpoint.StepRecord;
import io.millrace.executor.circuit.ContinuousStart;
import io.millrace.executor.circuit.OpenStream;
import io.millrace.executor.circuit.PlanShape;
import io.millrace.executor.circuit.Query;
import io.millrace.executor.circuit.QueryDescription;
import io.millrace.executor.circuit.QuerySurroundings;
import io.millrace.executor.circuit.ResumePoint;
import io.millrace.executor.state.MemoryBudget;
import io.millrace.executor.time.EngineClock;
import io.millrace.executor.work.Waits;
import io.millrace.plan.OutputColumn;
import io.millrace.plan.StandingQuery;
import io.millrace.plan.SubscriptionSpec;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.ThreadFactory;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps all materialized views up to date, on one thread, step after step. A step takes all that has become visible in any
 * log since the last, gives it to every view, each after those that it reads, and shows all of them at the new position at
 * once.
 *
 * <p>A new view is filled on another thread, and joins between two steps. Thread-safe.
 */
public final class Dataflow implements AutoCloseable {
    private static final Logger LOGGER = LoggerFactory.getLogger(Dataflow.class);

    /** A step may take so much less than the rows that it takes at most. */
    private static final int STEP_PARTS = 32;
    /** Of who waits for a time: the wall clock may be set. */
    private static final long LONGEST_SLEEP_MICROS = 1_000_000;

    private final EngineClock clock;
    private final MemoryBudget memory;
    private final Thread thread;
    private final StepLog log;
    private final StepCuts marks;
    private final RecoveredSteps source;
    private final @Nullable Checkpointer checkpointer;
    private final Restart restart;
    private final DataflowSteps steps;
    private final Replicas replicas;
    private final Followers followers;
    private final Commands commands;
    private final Readers readers;

    private volatile boolean isNeeded;
    private volatile boolean isSignalled;
    private volatile boolean isClosed;

    /**
     * @param cuts looks at all logs at once
     * @param log of the steps
     * @param memory what views may hold
     * @param fillers fill new views, and make steps of the past again
     * @param checkpoints where states are saved; null: nowhere
     * @param stepRows about so many rows a step takes at most
     */
    public Dataflow(
            EngineClock clock,
            Supplier<Cut> cuts,
            StepLog log,
            MemoryBudget memory,
            Executor fillers,
            @Nullable Checkpoints checkpoints,
            long stepRows,
            ThreadFactory threads) {
        this.clock = clock;
        this.memory = memory;
        this.log = log;
        int parts = (int) Math.min(STEP_PARTS, stepRows);
        marks = new StepCuts(cuts, stepRows / parts);
        LiveSteps live = new LiveSteps(clock, marks, new StepSize(parts), log);
        source = new RecoveredSteps(live);
        commands = new Commands(this::wake, this::refuseReaders);
        steps = new DataflowSteps(clock, source, memory, fillers, commands::submit, live.lastPosition());
        checkpointer = checkpoints == null ? null : new Checkpointer(clock, checkpoints, this::wake);
        if (log.failure() != null) {
            LOGGER.error("no materialized view can be used: {}", log.failure().getMessage());
            steps.halt(log.failure());
        }
        Recovery recovery = checkpoints == null ? null : new Recovery(checkpoints.store(), log, cuts, memory, clock);
        restart = new Restart(clock, steps, source, marks, recovery, checkpointer, fillers);
        replicas = new Replicas(log, cuts, recovery, memory, clock);
        followers = new Followers(clock, steps, replicas, fillers, commands::submit);
        readers = new Readers(steps);
        thread = threads.newThread(this::run);
    }

    public void start() {
        thread.start();
    }

    /** Rows have become visible; cheap. */
    public void published(long rows) {
        if (isNeeded) {
            marks.published(rows);
        }
        signal();
    }

    /** There may be something to do; cheap. */
    public void signal() {
        if (isNeeded && !isSignalled) {
            wake();
        }
    }

    private void wake() {
        isSignalled = true;
        Waits.unpark(thread);
    }

    /** Why no view can be used, nor another be made, since the engine was opened; null when they can. */
    public @Nullable MillraceException failure() {
        return log.failure();
    }

    /** Whether there are no views. */
    public boolean isEmpty() {
        return !isNeeded;
    }

    /** What the last step has made visible. */
    public Published published() {
        return steps.published();
    }

    /**
     * Adds views, each after those that it reads; they have a state when this returns, and are filled while everything goes
     * on.
     *
     * @throws MillraceException when there is no room for one of them, or no step can be made; then none is added
     */
    public void install(List<ViewPlan> plans) {
        install(plans, steps::add);
    }

    /** As {@link #install}, but while the disk is full, so that no step can be made, they wait. */
    public void installWaiting(List<ViewPlan> plans) {
        install(plans, steps::addWaiting);
    }

    private void install(List<ViewPlan> plans, Consumer<List<StandingView>> add) {
        log.check();
        List<StandingView> added = new ArrayList<>();
        try {
            plans.forEach(plan -> added.add(new StandingView(plan, memory.open(), clock)));
        } catch (RuntimeException | Error failure) {
            added.forEach(StandingView::close);
            throw failure;
        }
        need(() -> add.accept(added));
    }

    /** Does what the dataflow is needed for, if it can be done. */
    private void need(Runnable command) {
        commands.submitAndWait(() -> {
            isNeeded = true;
            try {
                command.run();
            } catch (RuntimeException | Error refused) {
                isNeeded = !steps.views().isEmpty();
                throw refused;
            }
        });
    }

    /**
     * Adds those of the views that were there when the engine ended whose states a checkpoint has; they are as they were at the
     * last position that was ever shown when this returns. Before all else.
     *
     * @param plans each after those that it reads
     * @throws MillraceException DATA_CORRUPTED when the steps since the checkpoint do not give what they gave then
     */
    public void recover(List<ViewPlan> plans) {
        if (log.failure() != null) {
            return; // the checkpoints stay, until it is known again what they belong to
        }
        commands.submitAndWait(() -> {
            restart.run(plans);
            isNeeded |= !steps.views().isEmpty();
        });
    }

    /** What was there at the start. */
    public RecoveryStatus recoveryStatus() {
        return restart.status();
    }

    /** The highest number of a view that has ever been given, as far as steps tell. */
    public long lastCatalog() {
        StepRecord last = log.last();
        return last == null ? 0 : last.catalog();
    }

    /** The position of the newest checkpoint; -1 when there is none. */
    public long lastCheckpoint() {
        return checkpointer == null ? -1 : checkpointer.lastPosition();
    }

    /**
     * Lets go of the beginnings of logs.
     *
     * @param wanted the blocks below which retention keeps nothing
     * @param needs of those outside
     * @param oldest microseconds since the epoch, before which steps need not be kept for who might go on after them
     * @return what holds streams back, by their numbers
     */
    public Map<Long, String> release(Map<OpenStream, Long> wanted, List<HistoryNeed> needs, long oldest) {
        Map<Long, String> reasons = new HashMap<>();
        if (log.failure() != null) { // what will be needed when it has been mended is not known
            wanted.keySet().forEach(stream -> reasons.put(stream.definition().id(), "the log of the steps is damaged"));
            return reasons;
        }
        commands.submitAndWait(() -> {
            List<Checkpointer.Known> kept = List.of();
            if (checkpointer != null) {
                checkpointer.keep(
                        needs.stream().mapToLong(HistoryNeed::position).min().orElse(Long.MAX_VALUE));
                kept = checkpointer.kept();
            }
            LogRelease release = new LogRelease(steps.views(), replicas, kept, needs);
            reasons.putAll(release.release(wanted, Math.max(steps.catalog(), lastCatalog())));
            log.trim(release.firstPosition(), oldest).whenComplete((done, failure) -> {
                if (failure != null) {
                    LOGGER.warn("the log of the steps is not trimmed: {}", failure.toString());
                }
            });
        });
        return reasons;
    }

    /** Removes views; returns when nothing reads for them any more. */
    public void remove(Collection<Long> ids) {
        CompletableFuture<Void> done = new CompletableFuture<>();
        commands.submit(() -> {
            CompletableFuture<Void> closed = steps.remove(ids);
            isNeeded = !steps.views().isEmpty();
            closed.thenRun(() -> done.complete(null));
        });
        Waits.join(done);
    }

    /**
     * Where views can be read.
     *
     * @param sequence of the commits that must have been taken
     * @return completes, on any thread, when that is so; exceptionally when one of them is out of use
     */
    public CompletableFuture<Published> position(Collection<Long> views, long sequence) {
        Readers.Reader reader = new Readers.Reader(List.copyOf(views), sequence, new CompletableFuture<>());
        if (!readers.answer(reader)) {
            readers.arrive(reader);
            if (!readers.answer(reader)) { // a step may have ended in between
                commands.submit(() -> readers.add(reader));
            }
        }
        return reader.future();
    }

    /**
     * Follows a view.
     *
     * @param output of the view
     * @param limit changes that may wait for a slow reader before they are conflated
     * @param threads make rows of changes
     */
    public Query subscribe(
            QueryDescription description,
            List<OutputColumn> output,
            QuerySurroundings surroundings,
            StandingQuery query,
            SubscriptionSpec spec,
            long viewId,
            long limit,
            Executor threads) {
        log.check();
        Subscription subscription = new Subscription(
                description,
                output,
                surroundings,
                query,
                located(spec, description.resume()),
                limit,
                threads,
                this::forgetSubscriptions);
        commands.submitAndWait(() -> followers.follow(subscription, viewId));
        return subscription;
    }

    /** Follows a query that nobody else computes. */
    public Query subscribe(
            QueryDescription description,
            List<OutputColumn> output,
            QuerySurroundings surroundings,
            StandingQuery query,
            SubscriptionSpec spec,
            @Nullable ContinuousStart start,
            long limit,
            Executor threads) {
        boolean isTail = spec.start() == SubscriptionSpec.Start.NOW
                || (spec.start() == SubscriptionSpec.Start.AFTER_POSITION && PlanShape.isStateless(query.root()));
        boolean fromNow = query.appendOnly() && isTail && !spec.snapshot() && start == null;
        long id = -description.id();
        ViewPlan plan = new ViewPlan(id, "subscription " + description.id(), query, false, fromNow, start);
        Subscription subscription = new Subscription(
                description,
                output,
                surroundings,
                query,
                located(spec, description.resume()),
                limit,
                threads,
                this::forgetSubscriptions);
        log.check();
        need(() -> followers.follow(subscription, plan, () -> new StandingView(plan, memory.open(), clock)));
        return subscription;
    }

    /** Makes sure that there is a step after which changes can be followed, by an object that has a number of its own. */
    public void mark(long id) {
        log.check();
        commands.submitAndWait(() -> steps.know(id));
    }

    /** Names the position after which a subscription is to begin, if it begins or goes on in the past. */
    private SubscriptionSpec located(SubscriptionSpec spec, @Nullable ResumePoint resume) {
        if (resume != null) {
            return resume.isInSnapshot() ? spec : spec.withAfter(resume.after());
        }
        return spec.start() == SubscriptionSpec.Start.TIMESTAMP
                ? spec.withAfter(log.positionBefore(spec.after()))
                : spec;
    }

    private CompletableFuture<Void> forgetSubscriptions() {
        CompletableFuture<Void> done = new CompletableFuture<>();
        commands.submit(() -> {
            CompletableFuture<Void> closed = followers.forget();
            isNeeded = !steps.views().isEmpty();
            closed.thenRun(() -> done.complete(null));
        });
        return done;
    }

    /**
     * The step of a position.
     *
     * @throws MillraceException when there is none, or it is not kept any more
     */
    public StepRecord step(long position) {
        return replicas.step(position);
    }

    /**
     * The block of a stream that comes after a step.
     *
     * @throws MillraceException HISTORY_TRIMMED, naming the oldest such position, when it is not kept any more
     */
    public long startAfter(StepRecord step, OpenStream stream) {
        return replicas.startAfter(step, stream);
    }

    /** Ends the work on a view that has kept the thread of all views busy for longer than that, in the processor's time. */
    public void expire(long nanos) {
        steps.views().forEach(view -> view.expire(nanos));
    }

    /** The states of all views, by their numbers. */
    public Map<Long, ViewStatus> statuses() {
        return steps.views().statuses();
    }

    /** Those who follow changes. */
    public List<SubscriptionStatus> subscriptions() {
        return steps.views().subscriptions();
    }

    /** The state of a view; null when there is none of that number. */
    public @Nullable ViewStatus status(long id) {
        return statuses().get(id);
    }

    private void run() {
        while (!isClosed) {
            isSignalled = false;
            long next = Long.MAX_VALUE;
            try {
                turn();
                next = tick();
            } catch (RuntimeException | Error cause) { // the views must outlive it
                LOGGER.error("a step of the views failed", cause);
            }
            sleep(next);
        }
        followers.close();
        if (checkpointer != null && !source.isRepeating() && steps.records().obstacle() == null) {
            checkpointer.close(steps.published(), steps.views().list());
        }
        steps.close();
        log.close();
        commands.end();
    }

    private long tick() {
        boolean isHeldUp = steps.records().obstacle() != null;
        long again = isHeldUp ? clock.epochMicros() + RecordWait.MICROS : Long.MAX_VALUE;
        long retry = steps.nextRetry();
        if (retry <= clock.epochMicros()) {
            steps.retryNow(Set.of());
            retry = Long.MAX_VALUE;
        }
        long checkpoint = checkpointer == null || steps.views().isEmpty() || source.isRepeating() || isHeldUp
                ? Long.MAX_VALUE
                : checkpointer.turn(steps.published(), steps.views().list(), steps.inputBytes());
        return Math.min(Math.min(checkpoint, again), Math.min(retry, followers.tick()));
    }

    /** @param next when something is to be done though nothing comes */
    private void sleep(long next) {
        if (isSignalled || isClosed) {
            return;
        }
        if (next == Long.MAX_VALUE) {
            Waits.park(this);
        } else {
            long micros = Math.min(LONGEST_SLEEP_MICROS, next - clock.epochMicros());
            Waits.parkNanos(this, Math.max(1, micros * 1_000));
        }
    }

    private void turn() {
        commands.run();
        boolean isWanted = !steps.views().isEmpty()
                || !readers.isEmpty()
                || steps.records().obstacle() != null;
        if (isWanted && steps.step() && source.isBehind()) {
            isSignalled = true; // there is more, though nothing may come
        }
        readers.answer();
    }

    private void refuseReaders() {
        readers.fail(new MillraceException(ErrorCode.SHUTTING_DOWN, "the server is shutting down"));
    }

    @Override
    public void close() {
        isClosed = true;
        wake();
        Waits.awaitEnd(thread);
    }
}
