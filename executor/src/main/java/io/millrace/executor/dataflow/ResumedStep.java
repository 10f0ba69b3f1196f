package io.millrace.executor.dataflow;

import io.millrace.executor.circuit.ResumePoint;
import io.millrace.executor.view.Delta;
import io.millrace.executor.view.Deltas;
import io.millrace.plan.StandingQuery;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The first step of a subscription that goes on: the net changes up to the position of which its reader has some rows
 * already, which were the net changes of several steps if it was slow. For one thread at a time.
 */
final class ResumedStep {
    private static final long MANY_ROWS = 100_000;

    private final StandingQuery query;
    private final ResumePoint point;
    private List<Delta> steps = new ArrayList<>();
    private long rows;
    private boolean isOver;

    ResumedStep(StandingQuery query, ResumePoint point) {
        this.query = query;
        this.point = point;
        isOver = point.isInSnapshot();
    }

    /** Takes the changes of a step if it takes part in this one, or has been given; false when it comes after. */
    boolean takes(long position, Delta delta) {
        if (position > point.firstStep()) {
            return false;
        }
        if (position > point.after() && !isOver) {
            steps.add(delta);
            rows += delta.rows();
            if (rows > MANY_ROWS && steps.size() > 1) {
                steps = new ArrayList<>(List.of(Deltas.sum(query, steps)));
                rows = 2 * steps.get(0).rows() > MANY_ROWS ? 0 : steps.get(0).rows();
            }
        }
        return true;
    }

    /** The step, once, when all its changes are known, if there are any. */
    @Nullable
    Change take(long position) {
        if (isOver || position < point.firstStep()) {
            return null;
        }
        isOver = true;
        Delta net = Deltas.sum(query, steps);
        steps = List.of();
        return net.isEmpty() ? null : new Change(point.current(), point.time(), net);
    }
}
