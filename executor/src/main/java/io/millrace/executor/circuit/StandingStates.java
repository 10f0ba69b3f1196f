package io.millrace.executor.circuit;

import io.millrace.executor.checkpoint.SavedState;
import io.millrace.executor.operator.ChangeAggregateOperator;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** The operators of a standing circuit that hold something, in the order in which they were wired. */
final class StandingStates {
    private final List<LongSupplier> touchedGroups = new ArrayList<>();
    private final List<SavedState> saved = new ArrayList<>();
    private @Nullable ChangeAggregateOperator lastAggregation;

    /** @param touched tells how many groups wait for the end of the step */
    void add(LongSupplier touched) {
        touchedGroups.add(touched);
    }

    void add(ChangeAggregateOperator aggregate) {
        lastAggregation = lastAggregation == null ? aggregate : lastAggregation;
        touchedGroups.add(aggregate::touchedGroups);
    }

    /** The aggregation that was wired first, as the plan is from its result on; null when there is none. */
    @Nullable
    ChangeAggregateOperator lastAggregation() {
        return lastAggregation;
    }

    void add(List<SavedState> states) {
        saved.addAll(states);
    }

    long touchedGroups() {
        long touched = 0;
        for (LongSupplier each : touchedGroups) {
            touched += each.getAsLong();
        }
        return touched;
    }

    List<SavedState> saved() {
        return saved;
    }
}
