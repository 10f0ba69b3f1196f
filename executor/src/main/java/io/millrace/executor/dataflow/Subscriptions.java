package io.millrace.executor.dataflow;

import io.millrace.error.ErrorCode;
import io.millrace.error.MillraceException;
import io.millrace.plan.SubscriptionSpec;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Those who follow a view, and its last changes, for those who come back. For the thread of the dataflow. */
final class Subscriptions {
    /** So much of the last changes is kept. */
    private static final long HISTORY_ROWS = 10_000;

    private static final int HISTORY_STEPS = 1_000;

    /** Any thread may look. */
    private final List<Subscription> all = new CopyOnWriteArrayList<>();

    private final Deque<Change> history = new ArrayDeque<>();
    private long historyRows;
    /** All changes after this position are in the history. */
    private long historyAfter;

    /** The view is there, from the step of a position on. */
    void startHistory(long position) {
        history.clear();
        historyRows = 0;
        historyAfter = position;
    }

    void add(Subscription subscription) {
        all.add(subscription);
    }

    List<Subscription> all() {
        return all;
    }

    /** Forgets those that have ended; true when none is left. */
    boolean removeEnded() {
        all.removeIf(Subscription::isOver);
        return all.isEmpty();
    }

    /** Tells all what a step changed, and keeps it for those who come back. */
    void offer(Change change) {
        for (Subscription subscription : all) {
            if (subscription.hasBegun() && !subscription.isOver()) {
                subscription.offer(change.position(), change.time(), change.delta());
            }
        }
        history.add(change);
        historyRows += change.delta().rows();
        while (historyRows > HISTORY_ROWS || history.size() > HISTORY_STEPS) {
            Change oldest = history.remove();
            historyRows -= oldest.delta().rows();
            historyAfter = oldest.position();
        }
    }

    /** All changes up to a position have been told. */
    void reached(long position, long time) {
        for (Subscription subscription : all) {
            if (subscription.hasBegun() && subscription.spec().upTo() <= position) {
                subscription.reached(position, time, false);
            }
        }
    }

    long tick(long now, long position) {
        long next = Long.MAX_VALUE;
        for (Subscription subscription : all) {
            if (subscription.hasBegun() && !subscription.isOver()) {
                next = Math.min(next, subscription.tick(now, position));
            }
        }
        return next;
    }

    /**
     * Gives what came after the position that the subscription begins after.
     *
     * @param position of the last step
     */
    void replay(Subscription subscription, long position, long now) {
        SubscriptionSpec spec = subscription.spec();
        if (spec.after() > position) {
            throw new MillraceException(
                    ErrorCode.INVALID_PARAMETER,
                    "position " + spec.after() + " has not been reached: the last one is " + position);
        }
        if (spec.after() < historyAfter) {
            throw new MillraceException(
                            ErrorCode.INVALID_PARAMETER,
                            "the changes after position " + spec.after() + " are not kept any more: the oldest position"
                                    + " to go on after is " + historyAfter)
                    .withHint("Begin anew, with a snapshot: leave SINCE out.");
        }
        subscription.begin(null, spec.after(), now);
        for (Change change : history) {
            if (change.position() > spec.after()) {
                subscription.offer(change.position(), change.time(), change.delta());
            }
        }
        subscription.reached(position, now, false); // also when the last steps changed nothing
    }

    /** The view is no longer there. */
    void fail(MillraceException cause) {
        all.forEach(subscription -> subscription.fail(cause));
        all.clear();
    }

    void clear() {
        all.clear();
        history.clear();
    }
}
