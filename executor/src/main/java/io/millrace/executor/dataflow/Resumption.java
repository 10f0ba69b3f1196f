package io.millrace.executor.dataflow;

import io.millrace.error.MillraceException;
import io.millrace.executor.circuit.Failures;
import io.millrace.executor.circuit.ResumePoint;
import io.millrace.executor.dataflow.Replicas.Replica;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Gives a subscription what came after a position of long ago, or of before a restart: the views that it needs are computed
 * once more as they were at that position, and take the same steps again, until they are where the dataflow is. For one thread at
 * a time.
 */
final class Resumption implements Runnable, AutoCloseable {
    private final Subscription subscription;
    private final long from;
    private final long viewId;
    private final List<ViewPlan> plans;
    private final Replicas replicas;
    private final Executor threads;
    private final Consumer<Resumption> caughtUp;

    private @Nullable Replica replica;

    /**
     * @param from the position whose state it begins with
     * @param viewId of the query that is followed
     * @param plans of the query and of the views that it reads, each after those that it reads
     * @param threads on which it works
     * @param caughtUp is told, on one of them, when there is nothing more to take
     */
    Resumption(
            Subscription subscription,
            long from,
            long viewId,
            List<ViewPlan> plans,
            Replicas replicas,
            Executor threads,
            Consumer<Resumption> caughtUp) {
        this.subscription = subscription;
        this.from = from;
        this.viewId = viewId;
        this.plans = plans;
        this.replicas = replicas;
        this.threads = threads;
        this.caughtUp = caughtUp;
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
        return replica == null ? null : replica.steps().views().find(viewId);
    }

    /** How far it has come. */
    long position() {
        return replica == null ? -1 : replica.steps().published().position();
    }

    /** Goes on on its own threads. */
    void schedule() {
        threads.execute(this);
    }

    @Override
    public void run() {
        try {
            if (replica == null && !isOver()) {
                begin();
            }
            while (!isOver()) {
                if (!subscription.hasRoom(this::schedule)) {
                    return;
                }
                if (!step()) {
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

    private boolean step() {
        return replica != null && replica.steps().step();
    }

    /** Takes the steps up to a position, however many changes wait. */
    void advance(long position) {
        while (!isOver() && position() < position && step()) {
            continue;
        }
    }

    boolean isOver() {
        return subscription.isOver();
    }

    private void begin() {
        ResumePoint resume = subscription.resumePoint();
        boolean isInSnapshot = resume != null && resume.isInSnapshot();
        Replica made = replicas.make(plans, from, query -> {
            if (isInSnapshot) { // it is given what is there when that has been computed
                query.subscriptions().add(subscription);
            }
        });
        replica = made;
        StandingView view = view();
        MillraceException failure = view == null ? null : view.failure();
        if (failure != null) {
            throw failure;
        }
        if (view == null || !view.isLive()) {
            throw MillraceException.internal("what is followed was not filled at once");
        }
        if (!isInSnapshot) {
            subscription.begin(null, subscription.spec().after(), made.time());
            view.subscriptions().startHistory(position());
            view.subscriptions().add(subscription);
            subscription.passed(position());
        } else if (view.plan().keepsRows()) {
            view.subscriptions().add(subscription);
            view.subscriptions().begin(subscription, view, made.steps().published(), made.time());
        }
    }

    /** Gives away what is followed, which is not closed with the rest. */
    void release(StandingView view) {
        if (replica != null) {
            replica.steps().release(view);
        }
    }

    @Override
    public void close() {
        if (replica != null) {
            replica.close();
        }
    }
}
