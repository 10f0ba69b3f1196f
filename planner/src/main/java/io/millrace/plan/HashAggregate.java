package io.millrace.plan;

import java.util.List;

/**
 * Aggregates per key; the output is the keys, then the aggregates. Without keys it gives one row, also over no input.
 * Without aggregates it is DISTINCT.
 */
public record HashAggregate(PlanNode input, List<Integer> keys, List<AggregateCall> aggregates, RowType rowType)
        implements PlanNode {
    public HashAggregate {
        keys = List.copyOf(keys);
        aggregates = List.copyOf(aggregates);
    }

    @Override
    public List<PlanNode> inputs() {
        return List.of(input);
    }

    @Override
    public <R> R accept(PlanVisitor<R> visitor) {
        return visitor.visitHashAggregate(this);
    }
}
