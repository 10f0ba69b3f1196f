package io.millrace.executor.dataflow;

import io.millrace.error.ErrorCode;
import io.millrace.error.MillraceException;
import io.millrace.executor.checkpoint.StepRecord;
import io.millrace.executor.circuit.Failures;
import io.millrace.executor.state.MemoryBudget;
import io.millrace.executor.time.EngineClock;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Gives a subscription what came after a position of long ago, or of before a restart: the views that it needs are computed
 * once more as they were at that position, from the logs, and take the same steps again, until they are where the dataflow
 * is. For one thread at a time.
 */
final class Resumption implements Runnable, AutoCloseable {
    private final Subscription subscription;
    private final long viewId;
    private final List<ViewPlan> plans;
    private final RecordedSteps recorded;
    private final DataflowSteps replica;
    private final MemoryBudget memory;
    private final EngineClock clock;
    private final Executor threads;
    private final Consumer<Resumption> caughtUp;

    private boolean hasBegun;

    /**
     * @param viewId of the query that is followed
     * @param plans of the query and of the views that it reads, each after those that it reads
     * @param recorded the steps from the position on
     * @param threads on which it works
     * @param caughtUp is told, on one of them, when there is nothing more to take
     */
    Resumption(
            Subscription subscription,
            long viewId,
            List<ViewPlan> plans,
            RecordedSteps recorded,
            MemoryBudget memory,
            EngineClock clock,
            Executor threads,
            Consumer<Resumption> caughtUp) {
        this.subscription = subscription;
        this.viewId = viewId;
        this.plans = plans;
        this.recorded = recorded;
        this.memory = memory;
        this.clock = clock;
        this.threads = threads;
        this.caughtUp = caughtUp;
        replica = new DataflowSteps(
                clock,
                recorded,
                memory,
                Runnable::run,
                Runnable::run,
                subscription.spec().after() - 1);
    }

    Subscription subscription() {
        return subscription;
    }

    long viewId() {
        return viewId;
    }

    /** What is followed, as it is here; null when it is not there. */
    @Nullable
    StandingView view() {
        return replica.views().find(viewId);
    }

    /** How far it has come. */
    long position() {
        return replica.published().position();
    }

    /** Goes on on its own threads. */
    void schedule() {
        threads.execute(this);
    }

    @Override
    public void run() {
        try {
            if (!hasBegun && !isOver()) {
                begin();
            }
            while (!isOver()) {
                if (!subscription.hasRoom(this::schedule)) {
                    return;
                }
                if (!replica.step()) {
                    break;
                }
            }
        } catch (RuntimeException | Error cause) { // ends this subscription and no other
            subscription.fail(Failures.of(cause));
        }
        if (isOver()) {
            close();
        } else {
            caughtUp.accept(this);
        }
    }

    /** Takes the steps up to a position, however many changes wait. */
    void advance(long position) {
        while (!isOver() && position() < position && replica.step()) {
            continue;
        }
    }

    boolean isOver() {
        return subscription.isOver();
    }

    private void begin() {
        hasBegun = true;
        check();
        StepRecord first = recorded.peek();
        long time = first == null ? clock.epochMicros() : first.time();
        List<StandingView> views = plans.stream()
                .map(plan -> new StandingView(plan, memory.open(), clock))
                .toList();
        replica.add(views);
        StandingView view = view();
        MillraceException failure = view == null ? null : view.failure();
        if (failure != null) {
            throw failure;
        }
        if (view == null || !view.isLive()) {
            throw MillraceException.internal("what is followed was not filled at once");
        }
        subscription.begin(null, subscription.spec().after(), time);
        view.subscriptions().startHistory(position());
        view.subscriptions().add(subscription);
    }

    private void check() {
        long after = subscription.spec().after();
        StepRecord first = recorded.peek();
        if (first == null || first.position() != after) {
            throw notKept(after, first);
        }
        for (ViewPlan plan : plans) {
            if (plan.id() > first.catalog()) {
                throw new MillraceException(
                                ErrorCode.INVALID_PARAMETER,
                                "\"" + plan.name() + "\" did not exist at position " + after
                                        + ", or has been replaced since")
                        .withHint("Begin anew, with a snapshot: leave SINCE out.");
            }
        }
    }

    /** @param oldest that there is; null when there is none */
    static MillraceException notKept(long after, @Nullable StepRecord oldest) {
        String which = oldest == null ? "" : ": the oldest position to go on after is " + oldest.position();
        return new MillraceException(
                        ErrorCode.INVALID_PARAMETER,
                        "the changes after position " + after + " are not kept any more" + which)
                .withHint("Begin anew, with a snapshot: leave SINCE out.");
    }

    /** Gives away what is followed, which is not closed with the rest. */
    void release(StandingView view) {
        replica.release(view);
    }

    @Override
    public void close() {
        replica.close();
        recorded.close();
    }
}
