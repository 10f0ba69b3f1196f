package io.millrace.executor.dataflow;

import io.millrace.error.ErrorCode;
import io.millrace.error.MillraceException;
import io.millrace.executor.checkpoint.StepRecord;
import io.millrace.executor.checkpoint.ViewChange;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.LongPredicate;
import org.jspecify.annotations.Nullable;

/**
 * The steps that were made after a checkpoint, once more, and then those that take what is new. What views change in a step that
 * is made again has to be what they changed then.
 */
final class RecoveredSteps implements StepSource {
    /** So many recorded steps become one at most. */
    private static final int MOST_MERGED = 64;

    private final StepSource live;

    private @Nullable RecordedSteps recorded;
    private Set<Long> restored = new HashSet<>();
    private LongPredicate isLive = view -> false;
    private long repeated;
    private boolean merges;
    /** What the steps changed that the last one was made of, but for the last of them. */
    private final Map<Long, ViewChange> expected = new HashMap<>();

    private int merged;

    /** @param live the steps after those that are made again */
    RecoveredSteps(StepSource live) {
        this.live = live;
    }

    /**
     * Begins to make steps again.
     *
     * @param views that have been given the state of a checkpoint
     * @param viewIsLive whether one is in use
     * @param mayMerge whether several steps may become one: then only the sums of their changes are compared
     */
    void repeat(RecordedSteps steps, Set<Long> views, LongPredicate viewIsLive, boolean mayMerge) {
        recorded = steps;
        restored = new HashSet<>(views);
        isLive = viewIsLive;
        repeated = 0;
        merges = mayMerge;
    }

    /** Makes no more of them again. */
    void stop() {
        if (recorded != null) {
            recorded.close();
            recorded = null;
        }
    }

    boolean isRepeating() {
        return recorded != null;
    }

    /** How many steps have been made again. */
    long repeated() {
        return repeated;
    }

    @Override
    public @Nullable Step next(Published last, long catalog, List<ViewChange> changes) {
        RecordedSteps steps = recorded;
        if (steps == null) {
            return live.next(last, catalog, changes);
        }
        StepRecord record = steps.peek();
        if (record == null) {
            stop();
            return null;
        }
        if (repeated > 0) {
            expect(record);
            compare(last.position(), changes);
        }
        expected.clear();
        merged = 1;
        Step step = steps.next(last, catalog, changes);
        for (StepRecord next = steps.peek(); next != null && mayMerge(record, next, steps); next = steps.peek()) {
            expect(next);
            merged++;
            step = steps.next(last, catalog, changes);
        }
        repeated += merged;
        return step;
    }

    /** What the last step changed has not been written down: it is made by itself, and compared with nothing. */
    private boolean mayMerge(StepRecord first, StepRecord next, RecordedSteps steps) {
        return merges && merged < MOST_MERGED && next.catalog() == first.catalog() && steps.peekSecond() != null;
    }

    /** Adds what the step before changed. */
    private void expect(StepRecord record) {
        for (ViewChange change : record.before()) {
            expected.merge(
                    change.viewId(),
                    change,
                    (one, other) -> new ViewChange(one.viewId(), one.rows() + other.rows(), one.hash() + other.hash()));
        }
    }

    @Override
    public int backlog() {
        return isRepeating() ? 0 : live.backlog();
    }

    @Override
    public boolean isBehind() {
        return isRepeating() || live.isBehind();
    }

    private void compare(long position, List<ViewChange> now) {
        Map<Long, ViewChange> made = new HashMap<>();
        now.forEach(change -> made.put(change.viewId(), change));
        restored.removeIf(view -> !isLive.test(view)); // what it gives from here on may differ
        for (long view : restored) {
            ViewChange first = expected.get(view);
            ViewChange second = made.get(view);
            if (first != null && !isSame(first, second)) { // null: the view may have been out of use
                throw new MillraceException(
                                ErrorCode.DATA_CORRUPTED,
                                "step " + position + ", made again, changes view number " + view + " by " + told(second)
                                        + " instead of " + told(first))
                        .withHint(
                                "Move the directory checkpoints of the data directory away: then all views are computed"
                                        + " anew from the logs.");
            }
        }
    }

    /** What several steps changed may come to less together. */
    private boolean isSame(ViewChange then, @Nullable ViewChange now) {
        return merged > 1 ? then.hash() == (now == null ? 0 : now.hash()) : then.equals(now);
    }

    private static String told(@Nullable ViewChange change) {
        return change == null ? "nothing" : change.rows() + " rows (" + Long.toHexString(change.hash()) + ")";
    }
}
