package io.millrace.executor.dataflow;

import io.millrace.error.MillraceException;
import io.millrace.executor.circuit.Failures;
import io.millrace.executor.table.TableRows;
import io.millrace.executor.table.TableVersion;
import io.millrace.plan.SubscriptionSpec;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;

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

    /** Begins with all who have been waiting for the view. */
    void begin(StandingView view, Published published, long now) {
        all.forEach(subscription -> begin(subscription, view, published, now));
    }

    /** Begins with one: what is there first, if that is wanted, or what came after a position. */
    void begin(Subscription subscription, StandingView view, Published published, long now) {
        try {
            SubscriptionSpec spec = subscription.spec();
            if (spec.start() == SubscriptionSpec.Start.AFTER_POSITION) {
                replay(subscription, published.position(), now);
                return;
            }
            boolean isGiven = spec.givesWhatIsThere();
            TableVersion version = isGiven ? published.views().get(view.id()) : null;
            if (isGiven && version == null) {
                version = view.version(published.position()); // it is there, but has not been shown yet
            }
            int columns = view.plan().query().root().rowType().size();
            TableRows rows = version == null
                    ? null
                    : version.scan(IntStream.range(0, columns).boxed().toList());
            subscription.begin(rows, published.position(), now);
        } catch (RuntimeException | Error cause) { // ends this subscription and no other
            subscription.fail(Failures.of(cause));
        }
    }

    /** Whether all changes after a position are in memory. */
    boolean remembers(long position) {
        return position >= historyAfter;
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
            if (subscription.hasBegun()) {
                subscription.passed(position);
                if (subscription.spec().upTo() <= position) {
                    subscription.reached(position, time, false);
                }
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
     * Gives what came after the position that the subscription begins after, all of which is in memory.
     *
     * @param position of the last step
     */
    private void replay(Subscription subscription, long position, long now) {
        SubscriptionSpec spec = subscription.spec();
        subscription.begin(null, spec.after(), now);
        for (Change change : history) {
            if (change.position() > spec.after()) {
                subscription.offer(change.position(), change.time(), change.delta());
            }
        }
        subscription.passed(position);
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
