package io.millrace.plan;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A window table function without an aggregate: each row once per window that holds it, with {@code window_start},
 * {@code window_end} and {@code window_time} (= end - 1 ms) after the input's columns. A NULL time falls in no window.
 *
 * @param closedBy what tells which windows have closed, and take no row any more; NONE: they take all rows
 * @param partition the columns by whose values sessions are told apart; null: by those that the rows are grouped by
 */
public record WindowAssign(
        PlanNode input,
        WindowSpec window,
        int timeColumn,
        TimeAttribute closedBy,
        @Nullable List<Integer> partition,
        RowType rowType)
        implements PlanNode {
    public WindowAssign {
        partition = partition == null ? null : List.copyOf(partition);
    }

    @Override
    public List<PlanNode> inputs() {
        return List.of(input);
    }

    @Override
    public <R> R accept(PlanVisitor<R> visitor) {
        return visitor.visitWindowAssign(this);
    }
}
