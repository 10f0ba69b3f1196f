package io.millrace.executor.function;

import io.millrace.error.MillraceException;
import io.millrace.plan.Call;
import io.millrace.plan.Constant;
import io.millrace.plan.DataType;
import io.millrace.plan.DataType.Kind;
import io.millrace.plan.Expression;
import io.millrace.plan.ScalarFunction;

/** EXTRACT, FLOOR_TO and CEIL_TO. Days of the week count from Sunday = 1, and weeks begin on Sunday, as in Calcite. */
final class DatetimeFunctions {
    private DatetimeFunctions() {}

    static Evaluator extract(Call call, ExpressionCompiler compiler) {
        DatetimeUnit unit = unit(call.arguments().get(0));
        Operand value = compiler.operand(call.arguments().get(1));
        DataType type = value.type;
        LongFunction.Kernel kernel = switch (type.kind()) {
            case DATE, TIMESTAMP, TIMESTAMP_LTZ ->
                (x, row) -> extract(unit, DatetimeArithmetic.toMicros(x[0].longAt(row), type));
            case TIME -> {
                if (unit.micros() == 0 && unit != DatetimeUnit.EPOCH || unit == DatetimeUnit.DAY) {
                    throw unsupported(call.function(), unit, type);
                }
                yield (x, row) -> extract(unit, x[0].longAt(row));
            }
            case INTERVAL_DAY_TIME -> (x, row) -> extractInterval(unit, x[0].longAt(row), type);
            case INTERVAL_YEAR_MONTH -> (x, row) -> extractMonths(unit, x[0].longAt(row), type);
            default -> throw unsupported(call.function(), unit, type);
        };
        return new LongFunction(call.type(), kernel, value);
    }

    static Evaluator round(Call call, ExpressionCompiler compiler) {
        Operand value = compiler.operand(call.arguments().get(0));
        DatetimeUnit unit = unit(call.arguments().get(1));
        DataType type = value.type;
        boolean datetime = type.isTimestamp() || type.kind() == Kind.DATE;
        boolean time = type.kind() == Kind.TIME && unit.micros() > 0;
        boolean known = unit.micros() > 0 || unit.months() > 0 || unit == DatetimeUnit.WEEK;
        if (!known || !(datetime || time)) {
            throw unsupported(call.function(), unit, type);
        }
        boolean up = call.function() == ScalarFunction.CEIL_TO;
        return new LongFunction(
                call.type(),
                (x, row) -> {
                    try {
                        long micros = DatetimeArithmetic.toMicros(x[0].longAt(row), type);
                        long floor = floor(unit, micros);
                        long result = up && floor != micros ? next(unit, floor) : floor;
                        return DatetimeArithmetic.fromMicros(result, call.type());
                    } catch (ArithmeticException overflow) {
                        throw EvaluationErrors.datetimeOutOfRange(type);
                    }
                },
                value);
    }

    private static DatetimeUnit unit(Expression expression) {
        if (expression instanceof Constant constant && constant.value() instanceof String name) {
            return DatetimeUnit.of(name);
        }
        throw MillraceException.notSupported("a time unit that is not constant", null);
    }

    private static MillraceException unsupported(ScalarFunction function, DatetimeUnit unit, DataType type) {
        return MillraceException.notSupported(function + " of " + unit + " on " + type, null);
    }

    private static long extract(DatetimeUnit unit, long micros) {
        long day = Math.floorDiv(micros, TimeUnits.DAY);
        long time = micros - day * TimeUnits.DAY;
        return switch (unit) {
            case HOUR -> time / TimeUnits.HOUR;
            case MINUTE -> time / TimeUnits.MINUTE % 60;
            case SECOND -> time / TimeUnits.SECOND % 60;
            case MILLISECOND -> time % TimeUnits.MINUTE / TimeUnits.MILLISECOND;
            case MICROSECOND -> time % TimeUnits.MINUTE;
            case EPOCH -> Math.floorDiv(micros, TimeUnits.SECOND);
            case EPOCH_MILLISECOND -> Math.floorDiv(micros, TimeUnits.MILLISECOND);
            case EPOCH_MICROSECOND -> micros;
            case DOW -> CivilCalendar.dayOfWeek(day) + 1;
            case ISODOW -> (CivilCalendar.dayOfWeek(day) + 6) % 7 + 1;
            case DOY -> CivilCalendar.dayOfYear(day);
            case WEEK -> CivilCalendar.isoWeek(day);
            case ISOYEAR -> CivilCalendar.year(CivilCalendar.civil(CivilCalendar.isoThursday(day)));
            default -> extractCivil(unit, CivilCalendar.civil(day));
        };
    }

    private static long extractCivil(DatetimeUnit unit, long civil) {
        long year = CivilCalendar.year(civil);
        return switch (unit) {
            case MONTH -> CivilCalendar.month(civil);
            case QUARTER -> (CivilCalendar.month(civil) + 2) / 3;
            case DAY -> CivilCalendar.dayOfMonth(civil);
            case DECADE -> Math.floorDiv(year, 10L);
            case CENTURY -> year > 0 ? (year + 99) / 100 : -((99 - (year - 1)) / 100);
            case MILLENNIUM -> year > 0 ? (year + 999) / 1000 : -((999 - (year - 1)) / 1000);
            default -> year;
        };
    }

    private static long extractInterval(DatetimeUnit unit, long micros, DataType type) {
        return switch (unit) {
            case DAY -> micros / TimeUnits.DAY;
            case HOUR -> micros / TimeUnits.HOUR % 24;
            case MINUTE -> micros / TimeUnits.MINUTE % 60;
            case SECOND -> micros / TimeUnits.SECOND % 60;
            case MILLISECOND -> micros % TimeUnits.MINUTE / TimeUnits.MILLISECOND;
            case MICROSECOND -> micros % TimeUnits.MINUTE;
            case EPOCH -> micros / TimeUnits.SECOND;
            default -> throw unsupported(ScalarFunction.EXTRACT, unit, type);
        };
    }

    private static long extractMonths(DatetimeUnit unit, long months, DataType type) {
        return switch (unit) {
            case YEAR -> months / 12;
            case QUARTER -> months % 12 / 3 + 1;
            case MONTH -> months % 12;
            default -> throw unsupported(ScalarFunction.EXTRACT, unit, type);
        };
    }

    static long floor(DatetimeUnit unit, long micros) {
        if (unit.micros() > 0) {
            return Math.subtractExact(micros, Math.floorMod(micros, unit.micros()));
        }
        long day = Math.floorDiv(micros, TimeUnits.DAY);
        if (unit == DatetimeUnit.WEEK) {
            return Math.multiplyExact(day - CivilCalendar.dayOfWeek(day), TimeUnits.DAY);
        }
        long civil = CivilCalendar.civil(day);
        long month = CivilCalendar.year(civil) * 12 + CivilCalendar.month(civil) - 1;
        // the first century and the first millennium begin with the year 1
        long shift = unit == DatetimeUnit.CENTURY || unit == DatetimeUnit.MILLENNIUM ? 12 : 0;
        long first = month - Math.floorMod(month - shift, (long) unit.months());
        long start = CivilCalendar.day(Math.floorDiv(first, 12L), (int) Math.floorMod(first, 12L) + 1, 1);
        return Math.multiplyExact(start, TimeUnits.DAY);
    }

    /** The start of the unit after the one that starts at {@code micros}. */
    private static long next(DatetimeUnit unit, long micros) {
        if (unit.micros() > 0) {
            return Math.addExact(micros, unit.micros());
        }
        if (unit == DatetimeUnit.WEEK) {
            return Math.addExact(micros, 7 * TimeUnits.DAY);
        }
        long day = CivilCalendar.addMonths(Math.floorDiv(micros, TimeUnits.DAY), unit.months());
        return Math.multiplyExact(day, TimeUnits.DAY);
    }
}
