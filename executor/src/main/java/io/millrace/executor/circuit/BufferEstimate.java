package io.millrace.executor.circuit;

import io.millrace.executor.column.Column;
import io.millrace.plan.Call;
import io.millrace.plan.Expression;
import io.millrace.plan.FilterProject;
import io.millrace.plan.GroupingSetsAggregate;
import io.millrace.plan.HashAggregate;
import io.millrace.plan.Join;
import io.millrace.plan.PlanNode;
import io.millrace.plan.SetOperation;
import io.millrace.plan.WindowAggregate;

/**
 * What the operators of a plan hold for one batch, whatever the rows: a column for each call of a function, and the words of
 * keys. A query of thousands of columns takes more of this than of anything else.
 */
final class BufferEstimate {
    private static final long COLUMN_BYTES = (long) Column.MAX_ROWS * Long.BYTES;

    private BufferEstimate() {}

    static long bytes(PlanNode node) {
        long bytes = columns(node) * COLUMN_BYTES;
        for (PlanNode input : node.inputs()) {
            bytes += bytes(input);
        }
        return bytes;
    }

    private static long columns(PlanNode node) {
        if (node instanceof FilterProject project) {
            return project.projections().stream()
                            .mapToLong(BufferEstimate::calls)
                            .sum()
                    + calls(project.condition());
        }
        if (node instanceof HashAggregate aggregate) {
            return aggregate.keys().size();
        }
        if (node instanceof GroupingSetsAggregate aggregate) {
            return aggregate.sets().stream().mapToLong(set -> set.size()).sum();
        }
        if (node instanceof WindowAggregate aggregate) {
            return aggregate.keys().size();
        }
        if (node instanceof Join join) {
            return join.keys().size() + calls(join.residual());
        }
        return node instanceof SetOperation operation ? operation.rowType().size() : 0;
    }

    private static long calls(@org.jspecify.annotations.Nullable Expression expression) {
        if (!(expression instanceof Call call)) {
            return 0;
        }
        long calls = 1;
        for (Expression argument : call.arguments()) {
            calls += calls(argument);
        }
        return calls;
    }
}
