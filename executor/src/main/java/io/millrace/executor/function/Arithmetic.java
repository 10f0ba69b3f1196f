package io.millrace.executor.function;

import io.millrace.error.MillraceException;
import io.millrace.plan.Call;
import io.millrace.plan.DataType;
import io.millrace.plan.ScalarFunction;

/** Chooses the kernel of + - * / and MODULO. */
final class Arithmetic {
    static final DataType DOUBLE = DataType.of(DataType.Kind.DOUBLE);

    private Arithmetic() {}

    static Evaluator binary(Call call, ExpressionCompiler compiler) {
        DataType type = call.type();
        Operand[] operands = compiler.operands(call);
        Operand a = operands[0];
        Operand b = operands[1];
        if (isTemporal(a.type) || isTemporal(b.type)) {
            return DatetimeArithmetic.of(call.function(), type, a, b);
        }
        if (type.isApproximate()) {
            return new DoubleArithmetic(call.function(), type, asDouble(a), asDouble(b));
        }
        if (type.isInteger()) {
            return integers(call.function(), type, a, b);
        }
        if (type.kind() == DataType.Kind.DECIMAL) {
            return decimals(call.function(), type, a, b);
        }
        throw MillraceException.notSupported(call.function() + " on " + a.type + " and " + b.type, null);
    }

    private static Evaluator integers(ScalarFunction function, DataType type, Operand a, Operand b) {
        return switch (function) {
            case DIVIDE ->
                new LongFunction(type, (x, row) -> Numbers.divide(x[0].longAt(row), x[1].longAt(row), type), a, b);
            case MODULO ->
                new LongFunction(
                        type,
                        (x, row) -> Numbers.narrow(Numbers.remainder(x[0].longAt(row), x[1].longAt(row)), type),
                        a,
                        b);
            default -> new LongArithmetic(function, type, a, b);
        };
    }

    private static Evaluator decimals(ScalarFunction function, DataType type, Operand left, Operand right) {
        boolean sameScale = function != ScalarFunction.MULTIPLY && function != ScalarFunction.DIVIDE;
        Operand a = sameScale ? withScale(left, type) : left;
        Operand b = sameScale ? withScale(right, type) : right;
        DecimalFunction.Kernel kernel = switch (function) {
            case ADD -> (x, row, out) -> Decimals.add(x[0], x[1], row, type, out);
            case SUBTRACT -> (x, row, out) -> Decimals.subtract(x[0], x[1], row, type, out);
            case MULTIPLY -> (x, row, out) -> Decimals.multiply(x[0], x[1], row, type, out);
            case DIVIDE -> (x, row, out) -> Decimals.divide(x[0], x[1], row, type, out);
            default -> (x, row, out) -> Decimals.remainder(x[0], x[1], row, type, out);
        };
        return new DecimalFunction(type, kernel, a, b);
    }

    private static Operand withScale(Operand operand, DataType type) {
        if (operand.type.scale() == type.scale()) {
            return operand;
        }
        DataType rescaled = DataType.decimal(DataType.MAX_DECIMAL_PRECISION, type.scale());
        return new Operand(Casts.cast(operand, rescaled));
    }

    static Operand asDouble(Operand operand) {
        return operand.type.isApproximate() ? operand : new Operand(Casts.cast(operand, DOUBLE));
    }

    private static boolean isTemporal(DataType type) {
        return type.isInterval()
                || type.isTimestamp()
                || type.kind() == DataType.Kind.DATE
                || type.kind() == DataType.Kind.TIME;
    }
}
