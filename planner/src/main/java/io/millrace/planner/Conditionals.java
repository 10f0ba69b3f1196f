package io.millrace.planner;

import io.millrace.plan.Call;
import io.millrace.plan.DataType;
import io.millrace.plan.DataType.Kind;
import io.millrace.plan.Expression;
import io.millrace.plan.ScalarFunction;
import java.util.ArrayList;
import java.util.List;

/** CASE, and COALESCE, which reaches us as CASE WHEN a IS NOT NULL THEN a ELSE b END. */
final class Conditionals {
    private Conditionals() {}

    static Expression caseOf(List<Expression> operands, DataType declared) {
        DataType type = resultType(operands, declared);
        if (operands.size() == 3 && isNotNullOf(operands.get(0), operands.get(1))) {
            return coalesce(operands.get(1), operands.get(2), type);
        }
        List<Expression> arguments = new ArrayList<>(operands.size());
        for (int i = 0; i < operands.size(); i++) {
            boolean condition = i % 2 == 0 && i < operands.size() - 1;
            arguments.add(condition ? operands.get(i) : Coercions.cast(operands.get(i), type));
        }
        if (operands.size() > 3 && isCoalesce(operands)) {
            return coalesceAll(arguments, type);
        }
        return new Call(ScalarFunction.CASE, arguments, type);
    }

    /** Character branches agree as VARCHAR, so that nothing is padded. */
    private static DataType resultType(List<Expression> operands, DataType declared) {
        boolean nullable = false;
        for (int i = 1; i < operands.size(); i += 2) {
            nullable |= operands.get(i).type().nullable();
        }
        nullable |= operands.get(operands.size() - 1).type().nullable();
        DataType type = declared.isCharacter() ? DataType.varchar() : declared;
        return type.withNullable(declared.kind() == Kind.NULL || (nullable && declared.nullable()));
    }

    private static boolean isCoalesce(List<Expression> operands) {
        for (int i = 0; i + 1 < operands.size(); i += 2) {
            if (!isNotNullOf(operands.get(i), operands.get(i + 1))) {
                return false;
            }
        }
        return true;
    }

    private static Expression coalesceAll(List<Expression> arguments, DataType type) {
        List<Expression> values = new ArrayList<>();
        for (int i = 1; i < arguments.size(); i += 2) {
            values.add(arguments.get(i));
        }
        values.add(arguments.get(arguments.size() - 1));
        return new Call(
                ScalarFunction.COALESCE,
                values,
                type.withNullable(last(values).type().nullable()));
    }

    private static Expression coalesce(Expression first, Expression otherwise, DataType type) {
        List<Expression> values = new ArrayList<>();
        values.add(Coercions.cast(first, type));
        if (otherwise instanceof Call call && call.function() == ScalarFunction.COALESCE) {
            call.arguments().forEach(value -> values.add(Coercions.cast(value, type)));
        } else {
            values.add(Coercions.cast(otherwise, type));
        }
        return new Call(
                ScalarFunction.COALESCE,
                values,
                type.withNullable(last(values).type().nullable()));
    }

    private static Expression last(List<Expression> values) {
        return values.get(values.size() - 1);
    }

    private static boolean isNotNullOf(Expression condition, Expression value) {
        return condition instanceof Call call
                && call.function() == ScalarFunction.IS_NOT_NULL
                && uncast(call.arguments().get(0)).equals(uncast(value));
    }

    private static Expression uncast(Expression expression) {
        return expression instanceof Call call && call.function() == ScalarFunction.CAST
                ? call.arguments().get(0)
                : expression;
    }
}
