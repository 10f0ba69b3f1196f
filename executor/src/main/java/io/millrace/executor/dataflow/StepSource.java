package io.millrace.executor.dataflow;

import io.millrace.executor.checkpoint.ViewChange;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Says what the next step of a dataflow is. For the thread of the dataflow. */
interface StepSource {
    /**
     * The step after the last; null when there is nothing to take, or none is known yet. With the position of the last: there is
     * nothing to take, but that is known of more.
     *
     * @param catalog the highest number of a view so far
     * @param changes what the last step changed
     */
    @Nullable
    Step next(Published last, long catalog, List<ViewChange> changes);

    /** Of the commits that are taken by steps that are not the last: that takes all that is visible by now. */
    default long backlog() {
        return Cut.NOTHING.sequence();
    }

    /** Whether there may be more to take right after the step that was given last. */
    default boolean isBehind() {
        return false;
    }
}
