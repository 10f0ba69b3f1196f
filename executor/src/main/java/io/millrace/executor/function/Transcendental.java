package io.millrace.executor.function;

import static java.util.Map.entry;

import io.millrace.error.MillraceException;
import io.millrace.plan.Call;
import io.millrace.plan.DataType;
import io.millrace.plan.ScalarFunction;
import java.util.EnumMap;
import java.util.Map;
import java.util.function.DoubleBinaryOperator;
import java.util.function.DoubleUnaryOperator;

/** Powers, logarithms and trigonometry on DOUBLE, as IEEE 754 has them; logarithms of what has none are errors. */
final class Transcendental {
    private static final double LN_2 = Math.log(2);

    private static final Map<ScalarFunction, DoubleUnaryOperator> UNARY = new EnumMap<>(Map.ofEntries(
            entry(ScalarFunction.SQRT, Math::sqrt),
            entry(ScalarFunction.CBRT, Math::cbrt),
            entry(ScalarFunction.EXP, Math::exp),
            entry(ScalarFunction.LN, x -> Math.log(positive(x))),
            entry(ScalarFunction.LOG2, x -> log2(positive(x))),
            entry(ScalarFunction.LOG10, x -> Math.log10(positive(x))),
            entry(ScalarFunction.SIN, Math::sin),
            entry(ScalarFunction.COS, Math::cos),
            entry(ScalarFunction.TAN, Math::tan),
            entry(ScalarFunction.COT, x -> 1 / Math.tan(x)),
            entry(ScalarFunction.SEC, x -> 1 / Math.cos(x)),
            entry(ScalarFunction.CSC, x -> 1 / Math.sin(x)),
            entry(ScalarFunction.ASIN, Math::asin),
            entry(ScalarFunction.ACOS, Math::acos),
            entry(ScalarFunction.ATAN, Math::atan),
            entry(ScalarFunction.SINH, Math::sinh),
            entry(ScalarFunction.COSH, Math::cosh),
            entry(ScalarFunction.TANH, Math::tanh),
            entry(ScalarFunction.COTH, x -> 1 / Math.tanh(x)),
            entry(ScalarFunction.SECH, x -> 1 / Math.cosh(x)),
            entry(ScalarFunction.CSCH, x -> 1 / Math.sinh(x)),
            entry(ScalarFunction.ASINH, Transcendental::asinh),
            entry(ScalarFunction.ACOSH, Transcendental::acosh),
            entry(ScalarFunction.ATANH, Transcendental::atanh),
            entry(ScalarFunction.SIN_DEGREES, Transcendental::sinDegrees),
            entry(ScalarFunction.COS_DEGREES, x -> sinDegrees(x + 90)),
            entry(ScalarFunction.TAN_DEGREES, Transcendental::tanDegrees),
            entry(ScalarFunction.ASIN_DEGREES, x -> Math.toDegrees(Math.asin(x))),
            entry(ScalarFunction.ACOS_DEGREES, x -> Math.toDegrees(Math.acos(x))),
            entry(ScalarFunction.ATAN_DEGREES, x -> Math.toDegrees(Math.atan(x))),
            entry(ScalarFunction.DEGREES, Math::toDegrees),
            entry(ScalarFunction.RADIANS, Math::toRadians)));

    private static final Map<ScalarFunction, DoubleBinaryOperator> BINARY = new EnumMap<>(Map.of(
            ScalarFunction.POWER, Math::pow,
            ScalarFunction.ATAN2, Math::atan2,
            ScalarFunction.LOG, Transcendental::log));

    private Transcendental() {}

    static ScalarFunction[] functions() {
        EnumMap<ScalarFunction, Object> all = new EnumMap<>(ScalarFunction.class);
        all.putAll(UNARY);
        all.putAll(BINARY);
        return all.keySet().toArray(ScalarFunction[]::new);
    }

    static Evaluator of(Call call, ExpressionCompiler compiler) {
        Operand[] operands = compiler.operands(call);
        for (int i = 0; i < operands.length; i++) {
            operands[i] = Arithmetic.asDouble(operands[i]);
        }
        DataType type = call.type().isApproximate() ? call.type() : Arithmetic.DOUBLE;
        return UnaryMath.as(new DoubleFunction(type, kernel(call.function(), operands.length), operands), call.type());
    }

    private static DoubleFunction.Kernel kernel(ScalarFunction function, int arguments) {
        if (arguments == 1) {
            // LOG of one number has the base 10
            DoubleUnaryOperator unary = UNARY.get(function == ScalarFunction.LOG ? ScalarFunction.LOG10 : function);
            if (unary != null) {
                return (x, row) -> unary.applyAsDouble(x[0].doubleAt(row));
            }
        }
        DoubleBinaryOperator binary = BINARY.get(function);
        if (binary == null) {
            throw MillraceException.internal(function + " is not transcendental");
        }
        return (x, row) -> binary.applyAsDouble(x[0].doubleAt(row), x[1].doubleAt(row));
    }

    private static double positive(double value) {
        if (value <= 0) {
            throw EvaluationErrors.noLogarithm(value);
        }
        return value;
    }

    /** Exact for powers of two. */
    private static double log2(double value) {
        int exponent = Math.getExponent(value);
        boolean normal = exponent >= Double.MIN_EXPONENT && exponent <= Double.MAX_EXPONENT;
        return normal ? exponent + Math.log(value / Math.scalb(1.0, exponent)) / LN_2 : Math.log(value) / LN_2;
    }

    private static double log(double base, double value) {
        positive(base);
        positive(value);
        if (base == 2) {
            return log2(value);
        }
        if (base == 10) {
            return Math.log10(value);
        }
        double divisor = Math.log(base);
        if (divisor == 0) {
            throw EvaluationErrors.divisionByZero();
        }
        return Math.log(value) / divisor;
    }

    private static double asinh(double value) {
        if (!Double.isFinite(value)) {
            return value;
        }
        double absolute = Math.abs(value);
        double square = absolute * absolute;
        // log1p keeps the digits of small numbers; the square of a large one would overflow
        double result = absolute > 1e8
                ? Math.log(absolute) + LN_2
                : Math.log1p(absolute + square / (1 + Math.sqrt(square + 1)));
        return Math.copySign(result, value);
    }

    private static double acosh(double value) {
        if (value < 1) {
            throw EvaluationErrors.undefined("ACOSH", value);
        }
        return value > 1e8 ? Math.log(value) + LN_2 : Math.log(value + Math.sqrt(value * value - 1));
    }

    private static double atanh(double value) {
        if (value <= -1 || value >= 1) {
            throw EvaluationErrors.undefined("ATANH", value);
        }
        return (Math.log1p(value) - Math.log1p(-value)) / 2;
    }

    /** Exact for multiples of 30 degrees where the sine is rational. */
    private static double sinDegrees(double degrees) {
        double turned = degrees % 360;
        if (turned % 90 == 0) {
            int quarter = Math.floorMod((int) (turned / 90), 4);
            return quarter == 1 ? 1 : quarter == 3 ? -1 : 0;
        }
        if (turned % 30 == 0 && turned % 60 != 0) {
            return turned > 0 == Math.abs(turned) < 180 ? 0.5 : -0.5;
        }
        return Math.sin(Math.toRadians(turned));
    }

    /** Exact for multiples of 45 degrees. */
    private static double tanDegrees(double degrees) {
        double turned = degrees % 180;
        if (Math.abs(turned) == 45 || Math.abs(turned) == 135) {
            return turned > 0 == Math.abs(turned) < 90 ? 1 : -1;
        }
        return sinDegrees(turned) / sinDegrees(turned + 90);
    }
}
