package io.millrace.plan;

import java.util.List;

/**
 * INTERSECT and EXCEPT of two inputs whose columns lie in memory alike; NULLs are equal.
 *
 * @param all whether rows are counted rather than distinct
 */
public record SetOperation(PlanNode left, PlanNode right, Kind kind, boolean all, RowType rowType) implements PlanNode {
    /** Which rows are given. */
    public enum Kind {
        INTERSECT,
        EXCEPT
    }

    @Override
    public List<PlanNode> inputs() {
        return List.of(left, right);
    }

    @Override
    public <R> R accept(PlanVisitor<R> visitor) {
        return visitor.visitSetOperation(this);
    }
}
