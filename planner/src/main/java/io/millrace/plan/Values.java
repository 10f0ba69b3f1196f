package io.millrace.plan;

import java.util.List;

/** Rows of expressions that refer to no column. */
public record Values(List<List<Expression>> rows, RowType rowType) implements PlanNode {
    public Values {
        rows = rows.stream().map(List::copyOf).toList();
    }

    @Override
    public List<PlanNode> inputs() {
        return List.of();
    }

    @Override
    public <R> R accept(PlanVisitor<R> visitor) {
        return visitor.visitValues(this);
    }
}
