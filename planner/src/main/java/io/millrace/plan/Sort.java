package io.millrace.plan;

import java.util.List;

/**
 * Orders a bounded input, skips {@code offset} rows and gives at most {@code fetch} ({@link Limit#ALL}: all); before
 * parameters are bound, a negative number stands for one of them, as in {@link Limit}.
 */
public record Sort(PlanNode input, List<SortKey> keys, long offset, long fetch, RowType rowType) implements PlanNode {
    public Sort {
        keys = List.copyOf(keys);
    }

    @Override
    public List<PlanNode> inputs() {
        return List.of(input);
    }

    @Override
    public <R> R accept(PlanVisitor<R> visitor) {
        return visitor.visitSort(this);
    }
}
