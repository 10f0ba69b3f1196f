package io.millrace.executor.dataflow;

import io.millrace.error.ErrorCode;
import io.millrace.error.MillraceException;
import io.millrace.executor.circuit.Failures;
import io.millrace.executor.circuit.PlanShape;
import io.millrace.executor.circuit.ResumePoint;
import io.millrace.executor.time.EngineClock;
import io.millrace.plan.SubscriptionSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** Those who follow the changes of views and queries: how they begin and end. For the thread of the dataflow. */
final class Followers {
    /** So few steps are taken between two of the dataflow. */
    private static final long SMALL_LAG = 64;

    private final EngineClock clock;
    private final DataflowSteps steps;
    private final Replicas replicas;
    private final Executor threads;
    private final Consumer<Runnable> commands;

    /** They are where the dataflow is, and wait for a view. */
    private final List<Resumption> waiting = new ArrayList<>();

    /**
     * @param threads on which steps are repeated
     * @param commands runs what it is given between two steps
     */
    Followers(
            EngineClock clock, DataflowSteps steps, Replicas replicas, Executor threads, Consumer<Runnable> commands) {
        this.clock = clock;
        this.steps = steps;
        this.replicas = replicas;
        this.threads = threads;
        this.commands = commands;
    }

    /**
     * Gives a subscription the changes of a view after what has been acknowledged until now, or after its position; it fails
     * when there is no such view.
     */
    void follow(Subscription subscription, long viewId) {
        takeWhatIsThere(subscription);
        StandingView view = steps.views().find(viewId);
        MillraceException failure = view == null ? gone() : view.failure();
        if (view == null || failure != null) {
            subscription.fail(failure == null ? gone() : failure);
            return;
        }
        subscription.resumable(view.plan().start(), steps.published().position());
        boolean isResumed = isPast(subscription);
        if (isResumed
                && (isInSnapshot(subscription)
                        || !(view.isLive()
                                && view.subscriptions()
                                        .remembers(subscription.spec().after())))) {
            resume(subscription, viewId, steps.views().closure(Set.of(viewId)));
            return;
        }
        if (isResumed && !isReached(subscription)) {
            return;
        }
        view.subscriptions().add(subscription);
        if (view.isLive()) {
            view.subscriptions().begin(subscription, view, steps.published(), clock.epochMicros());
        }
    }

    /** One that goes on after a position needs no further step to begin. */
    private void takeWhatIsThere(Subscription subscription) {
        steps.catchUp();
        steps.step();
        if (!isPast(subscription)) {
            steps.records().check();
        }
    }

    private static boolean isPast(Subscription subscription) {
        return subscription.spec().start() == SubscriptionSpec.Start.AFTER_POSITION || isInSnapshot(subscription);
    }

    private static boolean isInSnapshot(Subscription subscription) {
        ResumePoint resume = subscription.resumePoint();
        return resume != null && resume.isInSnapshot();
    }

    private boolean isReached(Subscription subscription) {
        ResumePoint resume = subscription.resumePoint();
        long after = resume == null ? subscription.spec().after() : resume.firstStep();
        long position = steps.published().position();
        if (after > position) {
            subscription.fail(new MillraceException(
                    ErrorCode.INVALID_PARAMETER,
                    "position " + after + " has not been reached: the last one is " + position));
        }
        return after <= position;
    }

    /** Gives a subscription the changes of a query that nobody else computes. */
    void follow(Subscription subscription, ViewPlan plan, Supplier<StandingView> view) {
        takeWhatIsThere(subscription);
        if (isPast(subscription)) {
            subscription.resumable(plan.start(), steps.published().position());
            Set<Long> reads = Feed.viewsOf(plan.query().root());
            List<ViewPlan> plans = new ArrayList<>(steps.views().closure(reads));
            plans.add(plan);
            resume(subscription, plan.id(), plans);
            return;
        }
        StandingView own = view.get();
        own.subscriptions().add(subscription);
        steps.add(List.of(own));
        subscription.resumable(plan.start(), steps.published().position());
    }

    private void resume(Subscription subscription, long viewId, List<ViewPlan> plans) {
        if (!isReached(subscription)) {
            return;
        }
        long from = from(subscription, plans.get(plans.size() - 1));
        new Resumption(
                        subscription,
                        from,
                        viewId,
                        plans,
                        replicas,
                        threads,
                        resumption -> commands.accept(() -> takeOver(resumption)))
                .schedule();
    }

    /** A query that takes only what comes has to take all that has come since it began, if it keeps any of it. */
    private static long from(Subscription subscription, ViewPlan plan) {
        ResumePoint resume = subscription.resumePoint();
        boolean isAnew = resume != null
                && plan.fromNow()
                && !PlanShape.isStateless(plan.query().root());
        if (resume == null) {
            return subscription.spec().after();
        }
        return isAnew ? resume.token().begin() : resume.from();
    }

    /** A subscription that has all changes but the last goes on with the dataflow. */
    private void takeOver(Resumption resumption) {
        long position = steps.published().position();
        if (resumption.position() + SMALL_LAG < position) {
            resumption.schedule();
        } else if (steps.records().obstacle() != null || !tryTakeOver(resumption)) {
            waiting.add(resumption);
        }
    }

    /** False when a view is not there yet. */
    private boolean tryTakeOver(Resumption resumption) {
        Subscription subscription = resumption.subscription();
        try {
            resumption.advance(steps.published().position());
            StandingView own = resumption.view();
            if (resumption.isOver() || own == null) {
                resumption.close();
                return true;
            }
            boolean isView = resumption.viewId() >= 0;
            Set<Long> needed = isView ? Set.of(resumption.viewId()) : own.reads();
            for (long id : needed) {
                StandingView view = steps.views().find(id);
                MillraceException failure = view == null ? gone() : view.failure();
                if (view == null || failure != null) {
                    throw failure == null ? gone() : failure;
                }
                if (!view.isLive()) {
                    return false;
                }
            }
            if (isView) {
                StandingView view = steps.views().find(resumption.viewId());
                if (view != null) {
                    view.subscriptions().add(subscription);
                }
            } else {
                steps.adopt(own);
                resumption.release(own);
            }
        } catch (RuntimeException | Error cause) { // ends this subscription and no other
            subscription.fail(Failures.of(cause));
        }
        resumption.close();
        return true;
    }

    private static MillraceException gone() {
        return new MillraceException(ErrorCode.UNDEFINED_OBJECT, "the view does not exist any more");
    }

    /** Lets go of subscriptions that have ended, and of what was computed for them alone. */
    CompletableFuture<Void> forget() {
        List<Long> idle = new ArrayList<>();
        for (StandingView view : steps.views()) {
            if (view.subscriptions().removeEnded() && !view.plan().keepsRows()) {
                idle.add(view.id());
            }
        }
        return idle.isEmpty() ? CompletableFuture.completedFuture(null) : steps.remove(idle);
    }

    /** Tells subscriptions the time; returns when that is wanted next, {@code Long.MAX_VALUE}: never. */
    long tick() {
        if (steps.records().obstacle() == null) {
            waiting.removeIf(this::tryTakeOver);
        }
        long next = Long.MAX_VALUE;
        for (StandingView view : steps.views()) {
            next = Math.min(
                    next,
                    view.subscriptions()
                            .tick(clock.epochMicros(), steps.published().position()));
        }
        return next;
    }

    /** Ends those that wait. */
    void close() {
        waiting.forEach(resumption -> {
            resumption.subscription().fail(shuttingDown());
            resumption.close();
        });
        waiting.clear();
    }

    private static MillraceException shuttingDown() {
        return new MillraceException(ErrorCode.SHUTTING_DOWN, "the server is shutting down");
    }
}
