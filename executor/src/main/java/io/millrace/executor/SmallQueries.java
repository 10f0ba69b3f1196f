package io.millrace.executor;

import io.millrace.plan.Call;
import io.millrace.plan.ColumnReference;
import io.millrace.plan.Constant;
import io.millrace.plan.Expression;
import io.millrace.plan.FilterProject;
import io.millrace.plan.Parameter;
import io.millrace.plan.PlanNode;
import io.millrace.plan.ScalarFunction;
import io.millrace.plan.TableScan;
import java.util.EnumSet;
import java.util.Set;

/**
 * Tells the queries that always take less time than handing them to another thread: one row, of which nothing is computed
 * but whether it meets a condition of plain comparisons.
 */
final class SmallQueries {
    private static final Set<ScalarFunction> COMPARISONS = EnumSet.of(
            ScalarFunction.EQUALS,
            ScalarFunction.NOT_EQUALS,
            ScalarFunction.LESS,
            ScalarFunction.LESS_OR_EQUAL,
            ScalarFunction.GREATER,
            ScalarFunction.GREATER_OR_EQUAL,
            ScalarFunction.IS_NULL,
            ScalarFunction.IS_NOT_NULL);

    private SmallQueries() {}

    /** Also of a plan whose parameters have not been bound yet. */
    static boolean isSmall(PlanNode node) {
        if (node instanceof FilterProject project) {
            return (project.condition() == null || isPlain(project.condition()))
                    && project.projections().stream().allMatch(SmallQueries::isAtHand)
                    && isSmall(project.input());
        }
        return node instanceof TableScan scan && !scan.key().isEmpty();
    }

    private static boolean isPlain(Expression condition) {
        if (!(condition instanceof Call call)) {
            return isAtHand(condition);
        }
        return call.function() == ScalarFunction.AND
                ? call.arguments().stream().allMatch(SmallQueries::isPlain)
                : COMPARISONS.contains(call.function())
                        && call.arguments().stream().allMatch(SmallQueries::isOperand);
    }

    private static boolean isOperand(Expression value) {
        boolean isWidened = value instanceof Call call
                && call.function() == ScalarFunction.CAST
                && call.type().isInteger()
                && call.arguments().get(0).type().isInteger();
        return isWidened ? isOperand(((Call) value).arguments().get(0)) : isAtHand(value);
    }

    private static boolean isAtHand(Expression value) {
        return value instanceof ColumnReference || value instanceof Constant || value instanceof Parameter;
    }
}
