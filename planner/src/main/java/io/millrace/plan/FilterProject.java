package io.millrace.plan;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the rows for which {@code condition} is true (null: all rows) and computes the projections of those.
 */
public record FilterProject(
        PlanNode input, @Nullable Expression condition, List<Expression> projections, RowType rowType)
        implements PlanNode {
    public FilterProject {
        projections = List.copyOf(projections);
    }

    @Override
    public List<PlanNode> inputs() {
        return List.of(input);
    }

    @Override
    public <R> R accept(PlanVisitor<R> visitor) {
        return visitor.visitFilterProject(this);
    }
}
