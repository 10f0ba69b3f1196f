package io.millrace.plan;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Pairs of rows that are equal in all keys and for which the residual condition, over the columns of both, is true. The
 * output is the columns of the left input, then those of the right, unless the kind gives left rows alone. The right
 * input is the one that is kept in memory.
 */
public record Join(
        PlanNode left,
        PlanNode right,
        JoinKind kind,
        List<JoinKey> keys,
        @Nullable Expression residual,
        RowType rowType)
        implements PlanNode {
    public Join {
        keys = List.copyOf(keys);
    }

    @Override
    public List<PlanNode> inputs() {
        return List.of(left, right);
    }

    @Override
    public <R> R accept(PlanVisitor<R> visitor) {
        return visitor.visitJoin(this);
    }
}
