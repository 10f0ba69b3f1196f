package io.millrace.executor.dataflow;

import io.millrace.executor.checkpoint.ViewChange;
import io.millrace.executor.view.Delta;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A step that the views have taken, which nobody sees before its record is on disk.
 *
 * @param changes what it changed in views
 * @param deltas the same, by the numbers of the views
 */
record MadeStep(Step step, Map<StandingView, Change> changes, Map<Long, Delta> deltas) {
    static MadeStep of(Step step) {
        return new MadeStep(step, new LinkedHashMap<>(), new HashMap<>());
    }

    void add(StandingView view, Delta delta) {
        deltas.put(view.id(), delta);
        changes.put(view, new Change(step.position(), step.time(), delta));
    }

    /** What is written down of it with the next step. */
    List<ViewChange> noted() {
        List<ViewChange> noted = new ArrayList<>();
        changes.forEach((view, change) -> {
            if (view.plan().keepsRows() && view.isLive()) {
                noted.add(new ViewChange(
                        view.id(), change.delta().rows(), change.delta().hash()));
            }
        });
        return noted;
    }

    /** Keeps it for views that are being filled. */
    void tellThoseBeingFilled(ViewSet views) {
        for (StandingView view : views) {
            if (view.state() == StandingView.State.FILLING && !deltas.isEmpty()) {
                for (long read : view.reads()) {
                    Delta delta = deltas.get(read);
                    if (delta != null) {
                        view.pending()
                                .add(new StandingView.ViewChange(
                                        read, new Change(step.position(), step.time(), delta)));
                    }
                }
            }
        }
    }

    void tellFollowers() {
        changes.forEach((view, change) -> {
            if (view.isLive()) {
                view.subscriptions().offer(change);
            }
        });
    }
}
