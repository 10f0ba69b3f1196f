package io.millrace.executor.function;

import io.millrace.error.MillraceException;
import io.millrace.plan.Call;
import io.millrace.plan.Constant;
import io.millrace.plan.DataType;
import io.millrace.plan.Expression;
import io.millrace.plan.ScalarFunction;

/** Chooses the kernels of three-valued logic. */
final class Logic {
    private static final DataType BOOLEAN = DataType.of(DataType.Kind.BOOLEAN);

    private Logic() {}

    static Evaluator junction(Call call, ExpressionCompiler compiler) {
        return new JunctionEvaluator(
                call.arguments().stream()
                        .map(argument -> CaseEvaluator.result(argument, BOOLEAN, compiler))
                        .toList(),
                call.function() == ScalarFunction.OR);
    }

    static Evaluator test(Call call, ExpressionCompiler compiler) {
        Expression argument = call.arguments().get(0);
        Evaluator operand = ExpressionCompiler.isNull(argument)
                ? new ConstantEvaluator(new Constant(null, BOOLEAN))
                : compiler.build(argument);
        return switch (call.function()) {
            case NOT -> TruthTest.not(operand);
            case IS_NULL -> new NullTest(operand, true);
            case IS_NOT_NULL -> new NullTest(operand, false);
            case IS_TRUE -> TruthTest.is(operand, true, false);
            case IS_NOT_TRUE -> TruthTest.is(operand, true, true);
            case IS_FALSE -> TruthTest.is(operand, false, false);
            case IS_NOT_FALSE -> TruthTest.is(operand, false, true);
            default -> throw MillraceException.internal(call.function() + " is no test");
        };
    }
}
