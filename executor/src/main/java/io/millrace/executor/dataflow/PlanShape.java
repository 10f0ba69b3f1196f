package io.millrace.executor.dataflow;

import io.millrace.plan.FilterProject;
import io.millrace.plan.PlanNode;
import io.millrace.plan.StreamScan;
import io.millrace.plan.UnionAll;

/** What can be told of a plan by its nodes. */
final class PlanShape {
    private PlanShape() {}

    /** Whether each row of a stream gives the same rows whatever came before it, so that none need be read to go on. */
    static boolean isStateless(PlanNode node) {
        if (node instanceof StreamScan scan) {
            return !scan.lateOnly();
        }
        return (node instanceof FilterProject || node instanceof UnionAll)
                && node.inputs().stream().allMatch(PlanShape::isStateless);
    }
}
