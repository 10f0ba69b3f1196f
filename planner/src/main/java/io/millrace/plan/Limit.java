package io.millrace.plan;

import java.util.List;

/**
 * Skips {@code offset} rows, gives at most {@code fetch}, then ends the query. Before parameters are bound, a negative
 * number stands for one of them; see {@link #parameter}.
 */
public record Limit(PlanNode input, long offset, long fetch, RowType rowType) implements PlanNode {
    public static final long ALL = Long.MAX_VALUE;

    /** What stands for the {@code index}-th question mark in {@code offset} or {@code fetch}, and the way back. */
    public static long parameter(long index) {
        return -1 - index;
    }

    @Override
    public List<PlanNode> inputs() {
        return List.of(input);
    }

    @Override
    public <R> R accept(PlanVisitor<R> visitor) {
        return visitor.visitLimit(this);
    }
}
