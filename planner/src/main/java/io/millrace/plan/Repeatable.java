package io.millrace.plan;

import java.util.Set;

/** Tells whether a plan gives the same rows whenever it reads the same rows of tables and views. */
public final class Repeatable {
    private static final Set<ScalarFunction> CHANGING =
            Set.of(ScalarFunction.CURRENT_TIMESTAMP, ScalarFunction.READ_POSITION);

    private Repeatable() {}

    /** Whether a plan reads tables and views only, and neither the time nor the position. */
    public static boolean isRepeatable(PlanNode root) {
        return readsRowsThatStay(root) && !PlanCalls.contains(root, CHANGING);
    }

    /** Whether a plan asks neither for the time nor for the position. */
    public static boolean readsNoClock(PlanNode root) {
        return !PlanCalls.contains(root, CHANGING);
    }

    private static boolean readsRowsThatStay(PlanNode node) {
        return !(node instanceof StreamScan || node instanceof SystemScan)
                && node.inputs().stream().allMatch(Repeatable::readsRowsThatStay);
    }
}
