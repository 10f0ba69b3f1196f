package io.millrace.plan;

import java.util.List;

/**
 * Aggregates per window and key. The output is the keys, {@code window_start}, {@code window_end}, then the
 * aggregates; a window's rows are ordered by the keys. A row is ignored when all its windows have an end at or below
 * the watermark; a NULL time falls in no window.
 */
public record WindowAggregate(
        PlanNode input,
        WindowSpec window,
        int timeColumn,
        TimeAttribute timeAttribute,
        List<Integer> keys,
        List<AggregateCall> aggregates,
        RowType rowType)
        implements PlanNode {
    public WindowAggregate {
        keys = List.copyOf(keys);
        aggregates = List.copyOf(aggregates);
    }

    @Override
    public List<PlanNode> inputs() {
        return List.of(input);
    }

    @Override
    public <R> R accept(PlanVisitor<R> visitor) {
        return visitor.visitWindowAggregate(this);
    }
}
