package io.millrace.planner;

import io.millrace.plan.Call;
import io.millrace.plan.ColumnReference;
import io.millrace.plan.Constant;
import io.millrace.plan.Expression;
import io.millrace.plan.ScalarFunction;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.IntPredicate;

/** What conditions become when some columns are NULL; when it is not known, the answer is no. */
final class NullRejection {
    private static final Set<ScalarFunction> STRICT = EnumSet.of(
            ScalarFunction.EQUALS,
            ScalarFunction.NOT_EQUALS,
            ScalarFunction.LESS,
            ScalarFunction.LESS_OR_EQUAL,
            ScalarFunction.GREATER,
            ScalarFunction.GREATER_OR_EQUAL,
            ScalarFunction.LIKE,
            ScalarFunction.NOT,
            ScalarFunction.ADD,
            ScalarFunction.SUBTRACT,
            ScalarFunction.MULTIPLY,
            ScalarFunction.DIVIDE,
            ScalarFunction.NEGATE,
            ScalarFunction.ABS,
            ScalarFunction.CAST);

    private NullRejection() {}

    /** Whether a condition is false or NULL when all {@code columns} are NULL. */
    static boolean isNeverTrue(Expression condition, IntPredicate columns) {
        if (condition instanceof Call call) {
            List<Expression> arguments = call.arguments();
            switch (call.function()) {
                case AND:
                    return arguments.stream().anyMatch(argument -> isNeverTrue(argument, columns));
                case OR:
                    return arguments.stream().allMatch(argument -> isNeverTrue(argument, columns));
                case IS_NOT_NULL:
                    return isNull(arguments.get(0), columns);
                case IS_TRUE:
                    return isNeverTrue(arguments.get(0), columns);
                case IS_FALSE:
                    return isNull(arguments.get(0), columns);
                default:
            }
        }
        return isNull(condition, columns);
    }

    private static boolean isNull(Expression expression, IntPredicate columns) {
        if (expression instanceof ColumnReference column) {
            return columns.test(column.index());
        }
        if (expression instanceof Constant constant) {
            return constant.value() == null;
        }
        if (!(expression instanceof Call call)) {
            return false;
        }
        if (call.function() == ScalarFunction.IN) {
            return isNull(call.arguments().get(0), columns);
        }
        return STRICT.contains(call.function())
                && call.arguments().stream().anyMatch(argument -> isNull(argument, columns));
    }
}
