package io.millrace.executor.dataflow;

import io.millrace.executor.checkpoint.StepRecord;
import io.millrace.executor.checkpoint.ViewChange;
import io.millrace.executor.view.Delta;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * Makes the steps after a checkpoint again, for views whose rows are told by the groups that they have in the end, whatever the steps
 * were: the groups take what all steps but the last took, and give the rows then, once. What the steps changed, taken together with
 * what was there before them, has to be what is there. The last step is made by itself. For one thread.
 */
final class MergedReplay implements AutoCloseable {
    private final Executor helper;
    private final LogTaps taps = new LogTaps();
    private final Map<Long, Replayed> views = new LinkedHashMap<>();

    private @Nullable Throwable failure;

    /** What is known of a view. */
    private static final class Replayed {
        final StandingView view;
        /** Of the rows that are to be there. */
        long expected;

        Replayed(StandingView view) {
            this.view = view;
            expected = Objects.requireNonNull(view.quietAt()).hash();
        }
    }

    /**
     * @param views that have been given what a checkpoint has, and take steps without their rows
     * @param at up to which they have taken what there was
     * @param helper takes a part of the work
     */
    MergedReplay(List<StandingView> views, Cut at, Executor helper) {
        this.helper = helper;
        for (StandingView view : views) {
            this.views.put(view.id(), new Replayed(view));
            taps.join(view, id -> LogTap.of(at, id));
        }
    }

    /**
     * How it ended.
     *
     * @param step the last; null when there was none
     * @param steps how many there were
     * @param changes what the last step changed
     */
    record Last(@Nullable Step step, long steps, List<ViewChange> changes) {}

    /**
     * Makes all steps.
     *
     * @param position of the step before them
     * @return the last, and what it changed; null when it did not go well: then the views are to be thrown away
     */
    @Nullable
    Last run(RecordedSteps recorded, long position) {
        Step last = null;
        long steps = 0;
        List<ViewChange> changes = new ArrayList<>();
        try {
            for (StepRecord record = recorded.peek(); record != null && failure == null; record = recorded.peek()) {
                if (steps > 0) {
                    expect(record);
                }
                Step step = recorded.next();
                boolean isLast = recorded.peek() == null;
                // of what the last changed nothing has been written down
                if (isLast && !haveExpectedRows(last == null ? position : last.position())) {
                    return null;
                }
                taps.read(step.cut(), (view, cause) -> failure = cause);
                for (Replayed each : views.values()) {
                    if (isLast) {
                        endLast(each, step, changes);
                    } else if (each.view.isTouched()) {
                        each.view.endQuietStep();
                    }
                }
                last = step;
                steps++;
            }
            if (last == null && !haveExpectedRows(position)) {
                return null;
            }
            return failure != null ? null : new Last(last, steps, changes);
        } catch (RuntimeException | Error cause) {
            failure = cause;
            return null;
        }
    }

    /** Why it did not go well; null when other rows were expected. */
    @Nullable
    Throwable failure() {
        return failure;
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

    private boolean haveExpectedRows(long position) {
        if (failure != null) {
            return false;
        }
        for (Replayed each : views.values()) {
            each.view.deriveRows(position, each.view.quietAt(), helper);
            if (each.view.derivedRows().hash() != each.expected) {
                return false;
            }
        }
        return true;
    }

    private static void endLast(Replayed each, Step step, List<ViewChange> changes) {
        if (each.view.isTouched()) {
            Delta delta = each.view.endStep(step.position());
            if (!delta.isEmpty()) {
                changes.add(new ViewChange(each.view.id(), delta.rows(), delta.hash()));
            }
        }
    }

    @Override
    public void close() {
        taps.close();
    }
}
