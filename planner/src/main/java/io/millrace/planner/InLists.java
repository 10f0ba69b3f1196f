package io.millrace.planner;

import io.millrace.plan.Call;
import io.millrace.plan.Constant;
import io.millrace.plan.DataType;
import io.millrace.plan.DataType.Kind;
import io.millrace.plan.Expression;
import io.millrace.plan.ScalarFunction;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** {@code x = 1 OR x = 2} becomes {@code x IN (1, 2)}. */
final class InLists {
    private InLists() {}

    static Expression or(List<Expression> operands) {
        Map<Expression, List<Expression>> values = new LinkedHashMap<>();
        for (Expression operand : operands) {
            if (isEqualsConstant(operand)) {
                Call equals = (Call) operand;
                values.computeIfAbsent(equals.arguments().get(0), key -> new ArrayList<>())
                        .add(equals.arguments().get(1));
            }
        }
        List<Expression> result = new ArrayList<>();
        for (Expression operand : operands) {
            if (!isEqualsConstant(operand)) {
                result.add(operand);
                continue;
            }
            Expression value = ((Call) operand).arguments().get(0);
            List<Expression> constants = values.remove(value);
            if (constants != null) {
                result.add(constants.size() == 1 ? operand : in(value, constants));
            }
        }
        if (result.size() == 1) {
            return result.get(0);
        }
        boolean nullable = result.stream().anyMatch(operand -> operand.type().nullable());
        return new Call(ScalarFunction.OR, result, DataType.of(Kind.BOOLEAN).withNullable(nullable));
    }

    private static Expression in(Expression value, List<Expression> constants) {
        List<Expression> arguments = new ArrayList<>();
        arguments.add(value);
        arguments.addAll(constants);
        boolean nullable =
                arguments.stream().anyMatch(argument -> argument.type().nullable());
        return new Call(ScalarFunction.IN, arguments, DataType.of(Kind.BOOLEAN).withNullable(nullable));
    }

    private static boolean isEqualsConstant(Expression expression) {
        return expression instanceof Call call
                && call.function() == ScalarFunction.EQUALS
                && !(call.arguments().get(0) instanceof Constant)
                && call.arguments().get(1) instanceof Constant
                && sameKind(call);
    }

    private static boolean sameKind(Call equals) {
        return equals.arguments().get(0).type().kind()
                == equals.arguments().get(1).type().kind();
    }
}
