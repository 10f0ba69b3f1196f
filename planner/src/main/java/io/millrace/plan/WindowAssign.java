package io.millrace.plan;

import java.util.List;

/**
 * A window table function without an aggregate: each row once per window that holds it, with {@code window_start},
 * {@code window_end} and {@code window_time} (= end - 1 ms) after the input's columns. A NULL time falls in no window.
 */
public record WindowAssign(PlanNode input, WindowSpec window, int timeColumn, RowType rowType) implements PlanNode {
    @Override
    public List<PlanNode> inputs() {
        return List.of(input);
    }

    @Override
    public <R> R accept(PlanVisitor<R> visitor) {
        return visitor.visitWindowAssign(this);
    }
}
