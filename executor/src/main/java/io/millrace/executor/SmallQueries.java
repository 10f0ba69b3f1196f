package io.millrace.executor;

import io.millrace.plan.ColumnReference;
import io.millrace.plan.Constant;
import io.millrace.plan.FilterProject;
import io.millrace.plan.PlanNode;
import io.millrace.plan.TableScan;

/** Tells the queries that always take less time than handing them to another thread: one row, of which nothing is computed. */
final class SmallQueries {
    private SmallQueries() {}

    static boolean isSmall(PlanNode node) {
        if (node instanceof FilterProject project) {
            return project.condition() == null
                    && project.projections().stream()
                            .allMatch(value -> value instanceof ColumnReference || value instanceof Constant)
                    && isSmall(project.input());
        }
        return node instanceof TableScan scan && !scan.key().isEmpty();
    }
}
