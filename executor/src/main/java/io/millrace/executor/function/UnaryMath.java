package io.millrace.executor.function;

import io.millrace.error.MillraceException;
import io.millrace.executor.column.Int128;
import io.millrace.plan.Call;
import io.millrace.plan.DataType;
import io.millrace.plan.ScalarFunction;
import java.math.BigDecimal;
import java.math.RoundingMode;

/** Numeric functions of one value: signs and rounding (with digits). */
final class UnaryMath {
    private UnaryMath() {}

    static Evaluator rounding(Call call, ExpressionCompiler compiler) {
        Operand[] x = compiler.operands(call);
        DataType from = x[0].type;
        if (from.isApproximate()) {
            DataType type = call.type().isApproximate() ? call.type() : from;
            return as(new DoubleFunction(type, doubleKernel(call.function(), x.length > 1), x), call.type());
        }
        if (from.kind() == DataType.Kind.DECIMAL) {
            DataType type = call.type().kind() == DataType.Kind.DECIMAL ? call.type() : from;
            return as(new DecimalFunction(type, decimalKernel(call.function(), type), x), call.type());
        }
        if (from.isInteger() || from.isInterval()) {
            DataType type = call.type().storage() == DataType.Storage.LONG && !isDecimal(call) ? call.type() : from;
            return as(new LongFunction(type, longKernel(call.function(), type), x), call.type());
        }
        throw MillraceException.notSupported(call.function() + " on " + from, null);
    }

    private static boolean isDecimal(Call call) {
        return call.type().kind() == DataType.Kind.DECIMAL;
    }

    static Evaluator as(Evaluator evaluator, DataType type) {
        boolean same = evaluator.type().kind() == type.kind()
                && evaluator.type().scale() == type.scale()
                && evaluator.type().precision() == type.precision();
        return same ? evaluator : Casts.cast(new Operand(evaluator), type);
    }

    private static LongFunction.Kernel longKernel(ScalarFunction function, DataType type) {
        return switch (function) {
            case NEGATE -> (x, row) -> Numbers.negate(x[0].longAt(row), type);
            case ABS ->
                (x, row) -> {
                    long value = x[0].longAt(row);
                    return value < 0 ? Numbers.negate(value, type) : value;
                };
            case SIGN -> (x, row) -> Long.signum(x[0].longAt(row));
            case ROUND, TRUNCATE -> {
                RoundingMode mode = function == ScalarFunction.ROUND ? RoundingMode.HALF_UP : RoundingMode.DOWN;
                DecimalValue value = new DecimalValue();
                yield (x, row) -> {
                    long number = x[0].longAt(row);
                    if (x.length == 1 || x[1].longAt(row) >= 0) {
                        return number;
                    }
                    value.set(number);
                    Decimals.roundAt(value, 0, x[1].longAt(row), mode, type);
                    if (value.high != value.low >> 63) {
                        throw EvaluationErrors.outOfRange(type);
                    }
                    return Numbers.narrow(value.low, type);
                };
            }
            default -> (x, row) -> x[0].longAt(row);
        };
    }

    private static DoubleFunction.Kernel doubleKernel(ScalarFunction function, boolean withDigits) {
        return switch (function) {
            case NEGATE -> (x, row) -> -x[0].doubleAt(row);
            case ABS -> (x, row) -> Math.abs(x[0].doubleAt(row));
            case SIGN -> (x, row) -> Math.signum(x[0].doubleAt(row));
            case CEIL -> (x, row) -> Math.ceil(x[0].doubleAt(row));
            case FLOOR -> (x, row) -> Math.floor(x[0].doubleAt(row));
            case ROUND ->
                withDigits
                        ? (x, row) -> roundAt(x[0].doubleAt(row), x[1].longAt(row), RoundingMode.HALF_UP)
                        : (x, row) -> Numbers.round(x[0].doubleAt(row));
            default ->
                withDigits
                        ? (x, row) -> roundAt(x[0].doubleAt(row), x[1].longAt(row), RoundingMode.DOWN)
                        : (x, row) -> Numbers.truncate(x[0].doubleAt(row));
        };
    }

    private static double roundAt(double value, long digits, RoundingMode mode) {
        if (digits == 0) {
            return mode == RoundingMode.DOWN ? Numbers.truncate(value) : Numbers.round(value);
        }
        // a double has no digits after 10^-340 and none before 10^309
        if (!Double.isFinite(value) || digits > 340) {
            return value;
        }
        if (digits < -309) {
            return 0;
        }
        return BigDecimal.valueOf(value).setScale((int) digits, mode).doubleValue();
    }

    private static DecimalFunction.Kernel decimalKernel(ScalarFunction function, DataType type) {
        return (x, row, out) -> {
            int scale = x[0].type.scale();
            long high = x[0].highAt(row);
            long low = x[0].longAt(row);
            out.set(high, low);
            switch (function) {
                case NEGATE -> out.set(Int128.negateHigh(high, low), -low);
                case ABS -> {
                    if (high < 0) {
                        out.set(Int128.negateHigh(high, low), -low);
                    }
                }
                case SIGN -> {
                    out.set(high < 0 ? -1 : (high | low) == 0 ? 0 : 1);
                    Decimals.rescale(out, 0, scale, RoundingMode.DOWN, type);
                }
                case CEIL -> Decimals.roundAt(out, scale, 0, RoundingMode.CEILING, type);
                case FLOOR -> Decimals.roundAt(out, scale, 0, RoundingMode.FLOOR, type);
                case ROUND -> Decimals.roundAt(out, scale, digits(x, row), RoundingMode.HALF_UP, type);
                default -> Decimals.roundAt(out, scale, digits(x, row), RoundingMode.DOWN, type);
            }
            Decimals.rescale(out, scale, type.scale(), RoundingMode.HALF_UP, type);
        };
    }

    private static long digits(Operand[] x, int row) {
        return x.length > 1 ? x[1].longAt(row) : 0;
    }
}
