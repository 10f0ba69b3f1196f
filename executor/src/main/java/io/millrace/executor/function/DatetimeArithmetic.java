package io.millrace.executor.function;

import io.millrace.error.MillraceException;
import io.millrace.plan.DataType;
import io.millrace.plan.DataType.Kind;
import io.millrace.plan.ScalarFunction;
import org.jspecify.annotations.Nullable;

/** Datetimes and intervals: sums, differences and multiples. */
final class DatetimeArithmetic {
    private DatetimeArithmetic() {}

    /** Computes one value; an ArithmeticException says that it is out of range. */
    private interface Operation {
        long apply(long a, long b);
    }

    static Evaluator of(ScalarFunction function, DataType type, Operand a, Operand b) {
        if (a.type.isInterval() && !b.type.isInterval() && !b.type.isNumeric()) {
            return of(function, type, b, a);
        }
        if (b.type.isInterval() && a.type.isNumeric()) {
            return of(function, type, b, a);
        }
        if (a.type.isInterval() && b.type.isNumeric() && !b.type.isInteger()) {
            return scaled(function, type, a, Arithmetic.asDouble(b));
        }
        Operation operation = operation(function, type, a.type, b.type);
        if (operation == null) {
            throw MillraceException.notSupported(function + " on " + a.type + " and " + b.type, null);
        }
        return new LongFunction(
                type,
                (x, row) -> {
                    try {
                        return operation.apply(x[0].longAt(row), x[1].longAt(row));
                    } catch (ArithmeticException overflow) {
                        throw EvaluationErrors.datetimeOutOfRange(type);
                    }
                },
                a,
                b);
    }

    /** An interval times or by a number with a fraction: rounded to its unit, a microsecond or a month. */
    private static Evaluator scaled(ScalarFunction function, DataType type, Operand interval, Operand number) {
        boolean divide = function == ScalarFunction.DIVIDE;
        if (!divide && function != ScalarFunction.MULTIPLY) {
            throw MillraceException.notSupported(function + " on " + interval.type + " and " + number.type, null);
        }
        return new LongFunction(
                type,
                (x, row) -> {
                    double factor = x[1].doubleAt(row);
                    if (divide && factor == 0) {
                        throw EvaluationErrors.divisionByZero();
                    }
                    double result = divide ? x[0].longAt(row) / factor : x[0].longAt(row) * factor;
                    if (!(Math.abs(result) < 0x1p63)) {
                        throw EvaluationErrors.datetimeOutOfRange(type);
                    }
                    return (long) Numbers.round(result);
                },
                interval,
                number);
    }

    private static @Nullable Operation operation(ScalarFunction function, DataType type, DataType a, DataType b) {
        boolean add = function == ScalarFunction.ADD;
        boolean addOrSubtract = add || function == ScalarFunction.SUBTRACT;
        if (a.isInterval() && b.isInterval() && a.kind() == b.kind() && addOrSubtract) {
            return add ? Math::addExact : Math::subtractExact;
        }
        if (a.isInterval() && b.isInteger()) {
            return switch (function) {
                case MULTIPLY -> Math::multiplyExact;
                case DIVIDE -> (x, y) -> Numbers.divide(x, y, type);
                default -> null;
            };
        }
        if (b.isInterval() && addOrSubtract && !a.isInterval()) {
            return b.kind() == Kind.INTERVAL_YEAR_MONTH ? months(add, type, a) : micros(add, type, a);
        }
        if (function == ScalarFunction.SUBTRACT && type.kind() == Kind.INTERVAL_DAY_TIME) {
            return (x, y) -> Math.subtractExact(toMicros(x, a), toMicros(y, b));
        }
        if (function == ScalarFunction.SUBTRACT && type.kind() == Kind.INTERVAL_YEAR_MONTH) {
            return (x, y) -> monthsBetween(toMicros(x, a), toMicros(y, b));
        }
        return null;
    }

    private static Operation micros(boolean add, DataType type, DataType from) {
        if (from.kind() == Kind.TIME) {
            return (x, y) -> Math.floorMod(add ? x + y % TimeUnits.DAY : x - y % TimeUnits.DAY, TimeUnits.DAY);
        }
        return (x, y) -> {
            long base = toMicros(x, from);
            return fromMicros(add ? Math.addExact(base, y) : Math.subtractExact(base, y), type);
        };
    }

    private static @Nullable Operation months(boolean add, DataType type, DataType from) {
        if (from.kind() == Kind.TIME) {
            return null;
        }
        return (x, y) -> {
            long base = toMicros(x, from);
            long day = Math.floorDiv(base, TimeUnits.DAY);
            long moved = CivilCalendar.addMonths(day, add ? y : Math.negateExact(y));
            return fromMicros(
                    Math.addExact(Math.multiplyExact(moved, TimeUnits.DAY), base - day * TimeUnits.DAY), type);
        };
    }

    /** Whole months from {@code y} to {@code x}. */
    static long monthsBetween(long x, long y) {
        if (x < y) {
            return -monthsBetween(y, x);
        }
        long laterDay = Math.floorDiv(x, TimeUnits.DAY);
        long earlierDay = Math.floorDiv(y, TimeUnits.DAY);
        long later = CivilCalendar.civil(laterDay);
        long earlier = CivilCalendar.civil(earlierDay);
        long months = (CivilCalendar.year(later) - CivilCalendar.year(earlier)) * 12
                + CivilCalendar.month(later)
                - CivilCalendar.month(earlier);
        long laterRest = CivilCalendar.dayOfMonth(later) * TimeUnits.DAY + x - laterDay * TimeUnits.DAY;
        long earlierRest = CivilCalendar.dayOfMonth(earlier) * TimeUnits.DAY + y - earlierDay * TimeUnits.DAY;
        return laterRest < earlierRest && months > 0 ? months - 1 : months;
    }

    static long toMicros(long value, DataType type) {
        return type.kind() == Kind.DATE ? Math.multiplyExact(value, TimeUnits.DAY) : value;
    }

    static long fromMicros(long micros, DataType type) {
        return type.kind() == Kind.DATE ? Math.floorDiv(micros, TimeUnits.DAY) : micros;
    }
}
