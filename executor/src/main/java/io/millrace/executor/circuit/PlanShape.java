package io.millrace.executor.circuit;

import io.millrace.plan.FilterProject;
import io.millrace.plan.HashAggregate;
import io.millrace.plan.PlanNode;
import io.millrace.plan.StreamScan;
import io.millrace.plan.UnionAll;
import io.millrace.plan.WindowAggregate;

/** What can be told of a plan by its nodes. */
public final class PlanShape {
    private PlanShape() {}

    /** Whether each row of a stream gives the same rows whatever came before it, so that none need be read to go on. */
    public static boolean isStateless(PlanNode node) {
        if (node instanceof StreamScan scan) {
            return !scan.lateOnly();
        }
        return (node instanceof FilterProject || node instanceof UnionAll)
                && node.inputs().stream().allMatch(PlanShape::isStateless);
    }

    /** Whether it is rows of streams that are at most filtered, put into groups, and filtered again. */
    public static boolean isOneAggregate(PlanNode node) {
        if (node instanceof HashAggregate aggregate) {
            return isStateless(aggregate.input());
        }
        return node instanceof FilterProject project && isOneAggregate(project.input());
    }

    /** Whether its result is that of an aggregation, at most filtered, so that it can be told again from the groups alone. */
    static boolean isOfGroups(PlanNode node) {
        return node instanceof HashAggregate || (node instanceof FilterProject project && isOfGroups(project.input()));
    }

    /** Whether all that it holds of a row are windows that close, so that only the rows of open windows need be read to go on. */
    static boolean hasOnlyWindows(PlanNode node) {
        if (node instanceof WindowAggregate windows) {
            return !windows.window().isSession() && isStateless(windows.input());
        }
        return node instanceof FilterProject && node.inputs().stream().allMatch(PlanShape::hasOnlyWindows);
    }
}
