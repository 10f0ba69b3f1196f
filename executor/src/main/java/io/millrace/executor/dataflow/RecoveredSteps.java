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
    private final StepSource live;

    private @Nullable RecordedSteps recorded;
    private Set<Long> restored = new HashSet<>();
    private LongPredicate isLive = view -> false;
    private long repeated;

    /** @param live the steps after those that are made again */
    RecoveredSteps(StepSource live) {
        this.live = live;
    }

    /**
     * Begins to make steps again.
     *
     * @param views that have been given the state of a checkpoint
     * @param viewIsLive whether one is in use
     */
    void repeat(RecordedSteps steps, Set<Long> views, LongPredicate viewIsLive) {
        recorded = steps;
        restored = new HashSet<>(views);
        isLive = viewIsLive;
        repeated = 0;
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
            steps.close();
            recorded = null;
            return null;
        }
        if (repeated > 0) {
            compare(last.position(), record.before(), changes);
        }
        repeated++;
        return steps.next();
    }

    @Override
    public long backlog() {
        return isRepeating() ? Cut.NOTHING.sequence() : live.backlog();
    }

    @Override
    public boolean isBehind() {
        return isRepeating() || live.isBehind();
    }

    private void compare(long position, List<ViewChange> then, List<ViewChange> now) {
        Map<Long, ViewChange> expected = new HashMap<>();
        then.forEach(change -> expected.put(change.viewId(), change));
        Map<Long, ViewChange> made = new HashMap<>();
        now.forEach(change -> made.put(change.viewId(), change));
        restored.removeIf(view -> !isLive.test(view)); // what it gives from here on may differ
        for (long view : restored) {
            ViewChange first = expected.get(view);
            ViewChange second = made.get(view);
            if (first != null && !first.equals(second)) { // null: the view may have been out of use
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

    private static String told(@Nullable ViewChange change) {
        return change == null ? "nothing" : change.rows() + " rows (" + Long.toHexString(change.hash()) + ")";
    }
}
