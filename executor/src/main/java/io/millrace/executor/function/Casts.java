package io.millrace.executor.function;

import io.millrace.error.MillraceException;
import io.millrace.plan.Call;
import io.millrace.plan.DataType;
import io.millrace.plan.DataType.Kind;
import java.math.BigDecimal;
import java.math.RoundingMode;

/** CAST: chooses the kernel by source and target. A number that becomes an integer is truncated, as in Calcite. */
final class Casts {
    private Casts() {}

    static Evaluator cast(Call call, ExpressionCompiler compiler) {
        return cast(compiler.operand(call.arguments().get(0)), call.type());
    }

    static Evaluator cast(Operand source, DataType target) {
        DataType from = source.type;
        return switch (target.kind()) {
            case BOOLEAN -> toBoolean(source, target);
            case TINYINT, SMALLINT, INTEGER, BIGINT -> toInteger(source, target);
            case REAL, DOUBLE -> toDouble(source, target);
            case DECIMAL -> toDecimal(source, target);
            case ARRAY -> ArrayFunctions.cast(source, target);
            case CHAR, VARCHAR, VARBINARY -> TextCasts.toText(source, target);
            case DATE, TIME, TIMESTAMP, TIMESTAMP_LTZ -> DatetimeCasts.toDatetime(source, target);
            case INTERVAL_YEAR_MONTH, INTERVAL_DAY_TIME -> {
                boolean timeOfDay = from.kind() == Kind.TIME && target.kind() == Kind.INTERVAL_DAY_TIME;
                if (from.kind() != target.kind() && !timeOfDay) {
                    throw unsupported(from, target);
                }
                yield new Retyped(source.evaluator, target);
            }
            case NULL -> throw unsupported(from, target);
        };
    }

    static MillraceException unsupported(DataType from, DataType target) {
        return MillraceException.notSupported("a cast from " + from + " to " + target, null);
    }

    private static Evaluator toBoolean(Operand source, DataType target) {
        DataType from = source.type;
        if (from.kind() == Kind.BOOLEAN) {
            return new Retyped(source.evaluator, target);
        }
        if (from.isInteger()) {
            return new LongFunction(target, (x, row) -> x[0].longAt(row) != 0 ? 1 : 0, source);
        }
        if (from.isApproximate()) {
            return new LongFunction(target, (x, row) -> x[0].doubleAt(row) != 0 ? 1 : 0, source);
        }
        if (from.kind() == Kind.DECIMAL) {
            return new LongFunction(target, (x, row) -> (x[0].highAt(row) | x[0].longAt(row)) != 0 ? 1 : 0, source);
        }
        if (from.isCharacter()) {
            return new LongFunction(target, (x, row) -> TextNumbers.parseBoolean(x[0], row, target), source);
        }
        throw unsupported(from, target);
    }

    private static Evaluator toInteger(Operand source, DataType target) {
        DataType from = source.type;
        if (from.kind() == Kind.BOOLEAN) {
            return new Retyped(source.evaluator, target);
        }
        if (from.isInteger()) {
            return LongArithmetic.shift(from) >= LongArithmetic.shift(target)
                    ? new Retyped(source.evaluator, target)
                    : new LongFunction(target, (x, row) -> Numbers.narrow(x[0].longAt(row), target), source);
        }
        if (from.isApproximate()) {
            return new LongFunction(target, (x, row) -> Numbers.toLong(x[0].doubleAt(row), target), source);
        }
        if (from.isCharacter()) {
            return new LongFunction(target, (x, row) -> TextNumbers.parseLong(x[0], row, target), source);
        }
        if (from.kind() == Kind.DECIMAL) {
            DecimalValue value = new DecimalValue();
            return new LongFunction(
                    target,
                    (x, row) -> {
                        value.set(x[0].highAt(row), x[0].longAt(row));
                        Decimals.rescale(value, from.scale(), 0, RoundingMode.DOWN, target);
                        if (value.high != value.low >> 63) {
                            throw EvaluationErrors.outOfRange(target);
                        }
                        return Numbers.narrow(value.low, target);
                    },
                    source);
        }
        throw unsupported(from, target);
    }

    private static Evaluator toDouble(Operand source, DataType target) {
        DataType from = source.type;
        if (from.kind() == Kind.DOUBLE && target.kind() == Kind.REAL) {
            return new DoubleFunction(
                    target,
                    (x, row) -> {
                        double value = x[0].doubleAt(row);
                        if (Double.isFinite(value) && Float.isInfinite((float) value)) {
                            throw EvaluationErrors.outOfRange(value, target);
                        }
                        return value;
                    },
                    source);
        }
        if (from.isApproximate()) {
            return new Retyped(source.evaluator, target);
        }
        if (from.isInteger()) {
            boolean real = target.kind() == Kind.REAL;
            return new DoubleFunction(
                    target, (x, row) -> real ? (float) x[0].longAt(row) : (double) x[0].longAt(row), source);
        }
        if (from.kind() == Kind.DECIMAL) {
            return new DoubleFunction(target, (x, row) -> Decimals.toDouble(x[0], row), source);
        }
        if (from.isCharacter()) {
            return new DoubleFunction(target, (x, row) -> TextNumbers.parseDouble(x[0], row, target), source);
        }
        throw unsupported(from, target);
    }

    private static Evaluator toDecimal(Operand source, DataType target) {
        DataType from = source.type;
        if (from.kind() == Kind.DECIMAL || from.isInteger()) {
            boolean same = from.kind() == Kind.DECIMAL
                    && from.scale() == target.scale()
                    && from.precision() <= target.precision()
                    && from.storage() == target.storage();
            if (same) {
                return new Retyped(source.evaluator, target);
            }
            return new DecimalFunction(
                    target,
                    (x, row, out) -> {
                        out.set(x[0].highAt(row), x[0].longAt(row));
                        Decimals.rescale(out, from.scale(), target.scale(), RoundingMode.HALF_UP, target);
                    },
                    source);
        }
        if (from.isApproximate()) {
            return new DecimalFunction(
                    target,
                    (x, row, out) -> {
                        double value = x[0].doubleAt(row);
                        if (!Double.isFinite(value)) {
                            throw EvaluationErrors.outOfRange(value, target);
                        }
                        TextNumbers.set(out, BigDecimal.valueOf(value), target, RoundingMode.HALF_UP);
                    },
                    source);
        }
        if (from.isCharacter()) {
            return new DecimalFunction(
                    target, (x, row, out) -> TextNumbers.parseDecimal(x[0], row, target, out), source);
        }
        throw unsupported(from, target);
    }
}
