package io.millrace.plan;

import java.util.List;

/** Skips {@code offset} rows, gives at most {@code fetch}, then ends the query. */
public record Limit(PlanNode input, long offset, long fetch, RowType rowType) implements PlanNode {
    public static final long ALL = Long.MAX_VALUE;

    @Override
    public List<PlanNode> inputs() {
        return List.of(input);
    }

    @Override
    public <R> R accept(PlanVisitor<R> visitor) {
        return visitor.visitLimit(this);
    }
}
