package io.millrace.plan;

/** Tells whether a plan gives the same rows whenever it reads the same rows of tables and views. */
public final class Repeatable {
    private Repeatable() {}

    /** Whether a plan reads tables and views only, and neither the time nor the position. */
    public static boolean isRepeatable(PlanNode node) {
        if (node instanceof StreamScan || node instanceof SystemScan) {
            return false;
        }
        if (node instanceof TableScan scan && !scan.key().stream().allMatch(Repeatable::isRepeatable)) {
            return false;
        }
        if (node instanceof FilterProject project
                && !(project.projections().stream().allMatch(Repeatable::isRepeatable)
                        && (project.condition() == null || isRepeatable(project.condition())))) {
            return false;
        }
        if (node instanceof Join join && join.residual() != null && !isRepeatable(join.residual())) {
            return false;
        }
        if (node instanceof Values values
                && !values.rows().stream().allMatch(row -> row.stream().allMatch(Repeatable::isRepeatable))) {
            return false;
        }
        return node.inputs().stream().allMatch(Repeatable::isRepeatable);
    }

    private static boolean isRepeatable(Expression expression) {
        return !(expression instanceof Call call)
                || (call.function() != ScalarFunction.CURRENT_TIMESTAMP
                        && call.function() != ScalarFunction.READ_POSITION
                        && call.arguments().stream().allMatch(Repeatable::isRepeatable));
    }
}
