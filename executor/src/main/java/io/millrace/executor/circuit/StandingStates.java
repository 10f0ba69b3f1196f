package io.millrace.executor.circuit;

import io.millrace.executor.checkpoint.SavedState;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;

/** The operators of a standing circuit that hold something, in the order in which they were wired. */
final class StandingStates {
    private final List<LongSupplier> touchedGroups = new ArrayList<>();
    private final List<SavedState> saved = new ArrayList<>();

    /** @param touched tells how many groups wait for the end of the step */
    void add(LongSupplier touched) {
        touchedGroups.add(touched);
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
