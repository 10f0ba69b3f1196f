package io.millrace.executor.dataflow;

import io.millrace.executor.checkpoint.StepRecord;
import io.millrace.executor.checkpoint.ViewChange;
import io.millrace.executor.view.Delta;
import io.millrace.executor.view.DeltaHash;
import io.millrace.executor.work.Waits;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * Makes the steps after a checkpoint again, for views for which it does not matter what the steps were: many at once, so that a group
 * that many of them have changed gives its result once. While the operators take a part, the rows are changed on another thread by what
 * the part before gave. What the steps changed then, taken together, has to be what all of it changes now. For one thread.
 */
final class MergedReplay implements AutoCloseable {
    /** So many groups, and at least half of all, give their results together. */
    private static final long LEAST_GROUPS = 1 << 18;
    /** But no more than these: what they give is in memory twice. */
    private static final long MOST_GROUPS = 1 << 22;

    private final Executor helper;
    private final LogTaps taps = new LogTaps();
    private final Map<Long, Replayed> views = new LinkedHashMap<>();

    private @Nullable Step last;
    private long steps;
    private @Nullable Throwable failure;

    /** What is known of a view. */
    private static final class Replayed {
        final StandingView view;
        CompletableFuture<Long> applied = CompletableFuture.completedFuture(0L);
        long made;
        long expected;

        Replayed(StandingView view) {
            this.view = view;
        }
    }

    /**
     * @param views that have been given what a checkpoint has
     * @param at up to which they have taken what there was
     * @param helper changes their rows
     */
    MergedReplay(List<StandingView> views, Cut at, Executor helper) {
        this.helper = helper;
        for (StandingView view : views) {
            this.views.put(view.id(), new Replayed(view));
            taps.join(view, id -> LogTap.of(at, id));
        }
    }

    /**
     * Makes all steps.
     *
     * @return the last, and what it changed; null when it did not go well: then the views are to be thrown away
     */
    @Nullable
    Last run(RecordedSteps recorded) {
        List<ViewChange> changes = new ArrayList<>();
        try {
            for (StepRecord record = recorded.peek(); record != null && failure == null; record = recorded.peek()) {
                if (steps > 0) {
                    expect(record);
                }
                Step step = recorded.next();
                boolean isLast = recorded.peek() == null;
                if (isLast && !isAsExpected()) { // of what the last changed nothing has been written down
                    return null;
                }
                taps.read(step.cut(), (view, cause) -> failure = cause);
                last = step;
                steps++;
                for (Replayed each : views.values()) {
                    if (isLast) {
                        endLast(each, step, changes);
                    } else if (isLarge(each.view)) {
                        endPart(each, step.position());
                    }
                }
            }
            Step end = last;
            return failure != null || end == null ? null : new Last(end, steps, changes);
        } catch (RuntimeException | Error cause) {
            failure = cause;
            return null;
        }
    }

    /**
     * How it ended.
     *
     * @param step the last; null when there was none
     * @param steps how many there were
     * @param changes what the last step changed
     */
    record Last(@Nullable Step step, long steps, List<ViewChange> changes) {
        static final Last NONE = new Last(null, 0, List.of());
    }

    /** Why it did not go well; null when another sum was expected. */
    @Nullable
    Throwable failure() {
        return failure;
    }

    private static boolean isLarge(StandingView view) {
        long groups = view.circuit().touchedGroups();
        return view.gathered() > LEAST_GROUPS
                || (groups > LEAST_GROUPS && groups > Math.min(MOST_GROUPS, view.rowCount() / 2));
    }

    /** What the step before changed. */
    private void expect(StepRecord record) {
        for (ViewChange change : record.before()) {
            Replayed view = views.get(change.viewId());
            if (view != null) {
                view.expected += change.hash();
            }
        }
    }

    private boolean isAsExpected() {
        for (Replayed each : views.values()) {
            if (failure == null) {
                endPart(each, last == null ? 0 : last.position());
                await(each);
            }
            if (each.made != each.expected) {
                return false;
            }
        }
        return failure == null;
    }

    /** Lets the operators give what they have, and the rows be changed by it. */
    private void endPart(Replayed each, long position) {
        if (!each.view.isTouched()) {
            return;
        }
        Delta delta = each.view.endOperators(position);
        await(each); // one part after the other, and no more than two in memory
        each.applied = CompletableFuture.supplyAsync(
                () -> {
                    each.view.applyApart(delta, position);
                    return DeltaHash.of(delta);
                },
                helper);
    }

    private static void await(Replayed each) {
        CompletableFuture<Long> applied = each.applied;
        each.applied = CompletableFuture.completedFuture(0L);
        try {
            each.made += Waits.join(applied);
        } catch (CompletionException failed) {
            if (Objects.requireNonNull(failed.getCause()) instanceof RuntimeException cause) {
                throw cause;
            }
            throw failed;
        }
    }

    private static void endLast(Replayed each, Step step, List<ViewChange> changes) {
        if (each.view.isTouched()) {
            Delta delta = each.view.endStep(step.position());
            if (!delta.isEmpty()) {
                changes.add(new ViewChange(each.view.id(), delta.rows(), DeltaHash.of(delta)));
            }
        }
    }

    /** Waits until nothing works on the views any more. */
    @Override
    public void close() {
        for (Replayed each : views.values()) {
            try {
                await(each);
            } catch (RuntimeException cause) {
                failure = cause;
            }
        }
        taps.close();
    }
}
