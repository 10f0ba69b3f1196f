package io.millrace.executor.function;

import io.millrace.error.ErrorCode;
import io.millrace.error.MillraceException;
import io.millrace.plan.Call;
import io.millrace.plan.Constant;
import io.millrace.plan.DataType;
import io.millrace.plan.DataType.Kind;
import io.millrace.plan.ScalarFunction;

/** Functions from points in time to days, names and distances, and from fields to points in time. */
final class DatetimeFields {
    private static final int MAX_YEAR = 290_000;
    private static final String[] DAYS = {"Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"};
    private static final String[] MONTHS = {
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December"
    };

    private DatetimeFields() {}

    /** Sunday is 0. */
    static String dayName(int dayOfWeek) {
        return DAYS[dayOfWeek];
    }

    /** January is 1. */
    static String monthName(int month) {
        return MONTHS[month - 1];
    }

    static Evaluator name(Call call, ExpressionCompiler compiler) {
        Operand value = compiler.operand(call.arguments().get(0));
        DataType type = requireDate(call.function(), value.type);
        boolean ofDay = call.function() == ScalarFunction.DAYNAME;
        return new TextFunction(
                call.type(),
                (x, row, out) -> {
                    long day = day(x[0].longAt(row), type);
                    out.appendAscii(
                            ofDay
                                    ? dayName(CivilCalendar.dayOfWeek(day))
                                    : monthName(CivilCalendar.month(CivilCalendar.civil(day))));
                },
                value);
    }

    static Evaluator lastDay(Call call, ExpressionCompiler compiler) {
        Operand value = compiler.operand(call.arguments().get(0));
        DataType type = requireDate(call.function(), value.type);
        return new LongFunction(
                call.type(),
                (x, row) -> {
                    long day = day(x[0].longAt(row), type);
                    long civil = CivilCalendar.civil(day);
                    int length = CivilCalendar.monthLength(CivilCalendar.year(civil), CivilCalendar.month(civil));
                    return day + length - CivilCalendar.dayOfMonth(civil);
                },
                value);
    }

    /** (unit, from, to), of which the last two have one type. */
    static Evaluator difference(Call call, ExpressionCompiler compiler) {
        DatetimeUnit unit =
                DatetimeUnit.of(String.valueOf(((Constant) call.arguments().get(0)).value()));
        Operand from = compiler.operand(call.arguments().get(1));
        Operand to = compiler.operand(call.arguments().get(2));
        DataType type = from.type;
        boolean time = type.kind() == Kind.TIME;
        long fixed = unit == DatetimeUnit.WEEK ? 7 * TimeUnits.DAY : unit.micros();
        boolean known = fixed > 0 || (unit.months() > 0 && !time);
        if (!known || !(time || type.isTimestamp() || type.kind() == Kind.DATE)) {
            throw MillraceException.notSupported("a difference in " + unit + " between values of " + type, null);
        }
        return new LongFunction(
                call.type(),
                (x, row) -> {
                    try {
                        long a = DatetimeArithmetic.toMicros(x[0].longAt(row), type);
                        long b = DatetimeArithmetic.toMicros(x[1].longAt(row), type);
                        long difference = fixed > 0
                                ? Math.subtractExact(b, a) / fixed
                                : DatetimeArithmetic.monthsBetween(b, a) / unit.months();
                        return Numbers.narrow(difference, call.type());
                    } catch (ArithmeticException overflow) {
                        throw EvaluationErrors.datetimeOutOfRange(call.type());
                    }
                },
                from,
                to);
    }

    static Evaluator make(Call call, ExpressionCompiler compiler) {
        Operand[] x = compiler.operands(call);
        int last = x.length - 1;
        if (call.function() != ScalarFunction.MAKE_DATE) {
            x[last] = Arithmetic.asDouble(x[last]);
        }
        DataType type = call.type();
        LongFunction.Kernel kernel = switch (call.function()) {
            case MAKE_DATE -> (y, row) -> date(y, row);
            case MAKE_TIME -> (y, row) -> time(y, 0, row);
            case MAKE_TIMESTAMP -> (y, row) -> date(y, row) * TimeUnits.DAY + time(y, 3, row);
            default -> throw MillraceException.internal(call.function() + " makes no time");
        };
        return new LongFunction(type, kernel, x);
    }

    private static long date(Operand[] x, int row) {
        long year = x[0].longAt(row);
        long month = x[1].longAt(row);
        long day = x[2].longAt(row);
        boolean valid = Math.abs(year) <= MAX_YEAR && month >= 1 && month <= 12 && day >= 1;
        if (!valid || day > CivilCalendar.monthLength(year, (int) month)) {
            throw new MillraceException(
                    ErrorCode.DATETIME_OVERFLOW, "there is no date " + year + "-" + month + "-" + day);
        }
        return CivilCalendar.day(year, (int) month, (int) day);
    }

    private static long time(Operand[] x, int first, int row) {
        long hour = x[first].longAt(row);
        long minute = x[first + 1].longAt(row);
        double second = x[first + 2].doubleAt(row);
        boolean valid = hour >= 0 && hour < 24 && minute >= 0 && minute < 60 && second >= 0 && second < 60;
        if (!valid) {
            throw new MillraceException(
                    ErrorCode.DATETIME_OVERFLOW,
                    "there is no time " + hour + ":" + minute + ":" + TextNumbers.format(second, false));
        }
        long micros = Math.min(Math.round(second * TimeUnits.SECOND), TimeUnits.MINUTE - 1);
        return hour * TimeUnits.HOUR + minute * TimeUnits.MINUTE + micros;
    }

    private static long day(long value, DataType type) {
        return type.kind() == Kind.DATE ? value : Math.floorDiv(value, TimeUnits.DAY);
    }

    private static DataType requireDate(ScalarFunction function, DataType type) {
        if (!type.isTimestamp() && type.kind() != Kind.DATE) {
            throw MillraceException.notSupported(function + " on " + type, null);
        }
        return type;
    }
}
