package io.millrace.plan;

import java.util.List;

/** The rows of all inputs, whose columns lie in memory alike. */
public record UnionAll(List<PlanNode> inputs, RowType rowType) implements PlanNode {
    public UnionAll {
        inputs = List.copyOf(inputs);
    }

    @Override
    public <R> R accept(PlanVisitor<R> visitor) {
        return visitor.visitUnionAll(this);
    }
}
