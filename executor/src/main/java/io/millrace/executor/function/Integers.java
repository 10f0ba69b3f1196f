package io.millrace.executor.function;

import io.millrace.error.ErrorCode;
import io.millrace.error.MillraceException;
import io.millrace.plan.Call;
import io.millrace.plan.DataType;
import io.millrace.plan.DataType.Kind;
import io.millrace.plan.ScalarFunction;

/** Functions of whole numbers, and of the bits of numbers and byte strings. */
final class Integers {
    /** 21! is larger than a BIGINT. */
    private static final int MAX_FACTORIAL = 20;

    private Integers() {}

    static Evaluator bits(Call call, ExpressionCompiler compiler) {
        Operand[] operands = compiler.operands(call);
        ScalarFunction function = call.function();
        if (operands[0].type.kind() == Kind.VARBINARY) {
            return function == ScalarFunction.BIT_COUNT
                    ? new LongFunction(call.type(), Integers::bitCount, operands)
                    : new TextFunction(call.type(), (x, row, out) -> combineBytes(function, x, row, out), operands);
        }
        for (Operand operand : operands) {
            if (!operand.type.isInteger()) {
                throw MillraceException.notSupported(function + " on " + operand.type, null);
            }
        }
        return new LongFunction(call.type(), bitKernel(function, call.type()), operands);
    }

    private static LongFunction.Kernel bitKernel(ScalarFunction function, DataType type) {
        return switch (function) {
            case BIT_AND -> (x, row) -> x[0].longAt(row) & x[1].longAt(row);
            case BIT_OR -> (x, row) -> x[0].longAt(row) | x[1].longAt(row);
            case BIT_XOR -> (x, row) -> x[0].longAt(row) ^ x[1].longAt(row);
            case BIT_NOT -> (x, row) -> ~x[0].longAt(row);
            case BIT_COUNT -> (x, row) -> Long.bitCount(x[0].longAt(row));
            default -> {
                int unused = LongArithmetic.shift(type);
                int width = Long.SIZE - unused;
                yield (x, row) -> {
                    long count = x[1].longAt(row);
                    long places = Math.floorMod(count, (long) width);
                    // the bits that leave the type are lost, and its highest is the sign
                    return count < 0 ? x[0].longAt(row) >> places : x[0].longAt(row) << places << unused >> unused;
                };
            }
        };
    }

    private static long bitCount(Operand[] x, int row) {
        long count = 0;
        for (int at = x[0].start(row); at < x[0].end(row); at++) {
            count += Integer.bitCount(x[0].bytes[at] & 0xFF);
        }
        return count;
    }

    private static void combineBytes(ScalarFunction function, Operand[] x, int row, TextBuffer out) {
        Operand a = x[0];
        Operand b = x[x.length - 1];
        int length = a.length(row);
        if (length != b.length(row)) {
            throw EvaluationErrors.invalidArgument(
                    "byte strings of " + length + " and " + b.length(row) + " bytes differ in length");
        }
        out.reserve(length);
        for (int i = 0; i < length; i++) {
            byte left = a.bytes[a.start(row) + i];
            byte right = b.bytes[b.start(row) + i];
            out.append((byte)
                    switch (function) {
                        case BIT_AND -> left & right;
                        case BIT_OR -> left | right;
                        case BIT_XOR -> left ^ right;
                        case BIT_NOT -> ~left;
                        default -> throw MillraceException.notSupported(function + " on " + a.type, null);
                    });
        }
    }

    static Evaluator number(Call call, ExpressionCompiler compiler) {
        DataType type = call.type();
        LongFunction.Kernel kernel = switch (call.function()) {
            case GCD -> (x, row) -> greatestDivisor(x[0].longAt(row), x[1].longAt(row), type);
            case LCM -> (x, row) -> leastMultiple(x[0].longAt(row), x[1].longAt(row), type);
            case FACTORIAL -> (x, row) -> factorial(x[0].longAt(row), type);
            default -> throw MillraceException.internal(call.function() + " is no function of integers");
        };
        return new LongFunction(type, kernel, compiler.operands(call));
    }

    private static long greatestDivisor(long a, long b, DataType type) {
        long x = a;
        long y = b;
        while (y != 0) {
            long rest = x % y;
            x = y;
            y = rest;
        }
        return x < 0 ? Numbers.negate(x, type) : x;
    }

    private static long leastMultiple(long a, long b, DataType type) {
        if (a == 0 || b == 0) {
            return 0;
        }
        try {
            return Math.absExact(Math.multiplyExact(a / greatestDivisor(a, b, type), b));
        } catch (ArithmeticException overflow) {
            throw EvaluationErrors.outOfRange(type);
        }
    }

    private static long factorial(long number, DataType type) {
        if (number < 0) {
            throw EvaluationErrors.invalidArgument("factorial of a negative number is undefined");
        }
        if (number > MAX_FACTORIAL) {
            throw EvaluationErrors.outOfRange(type);
        }
        long product = 1;
        for (long factor = 2; factor <= number; factor++) {
            product *= factor;
        }
        return product;
    }

    static Evaluator widthBucket(Call call, ExpressionCompiler compiler) {
        Operand[] operands = compiler.operands(call);
        for (int i = 0; i < 3; i++) {
            operands[i] = Arithmetic.asDouble(operands[i]);
        }
        DataType type = call.type();
        return new LongFunction(
                type,
                (x, row) -> Numbers.narrow(
                        bucket(x[0].doubleAt(row), x[1].doubleAt(row), x[2].doubleAt(row), x[3].longAt(row)), type),
                operands);
    }

    /** The bounds may be exchanged: then the buckets count downwards. */
    private static long bucket(double value, double low, double high, long count) {
        if (count <= 0 || low == high || Double.isNaN(value) || !Double.isFinite(high - low)) {
            throw new MillraceException(
                    ErrorCode.INVALID_BUCKETS,
                    count <= 0 ? "the count of WIDTH_BUCKET must be positive" : "WIDTH_BUCKET needs two finite bounds");
        }
        boolean upwards = low < high;
        if (upwards ? value < low : value > low) {
            return 0;
        }
        if (upwards ? value >= high : value <= high) {
            return count + 1;
        }
        return Math.min(count, (long) ((value - low) / (high - low) * count) + 1);
    }
}
