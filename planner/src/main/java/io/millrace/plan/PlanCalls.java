package io.millrace.plan;

import java.util.Set;

/** Finds calls of functions in a plan. */
public final class PlanCalls {
    private PlanCalls() {}

    /** Whether one of the functions is called anywhere in a plan. */
    public static boolean contains(PlanNode node, Set<ScalarFunction> functions) {
        boolean here = false;
        if (node instanceof TableScan scan) {
            here = scan.key().stream().anyMatch(key -> contains(key, functions));
        } else if (node instanceof FilterProject project) {
            Expression condition = project.condition();
            here = (condition != null && contains(condition, functions))
                    || project.projections().stream().anyMatch(each -> contains(each, functions));
        } else if (node instanceof Join join) {
            Expression residual = join.residual();
            here = residual != null && contains(residual, functions);
        } else if (node instanceof Values values) {
            here = values.rows().stream().anyMatch(row -> row.stream().anyMatch(each -> contains(each, functions)));
        }
        return here || node.inputs().stream().anyMatch(input -> contains(input, functions));
    }

    private static boolean contains(Expression expression, Set<ScalarFunction> functions) {
        return expression instanceof Call call
                && (functions.contains(call.function())
                        || call.arguments().stream().anyMatch(argument -> contains(argument, functions)));
    }
}
