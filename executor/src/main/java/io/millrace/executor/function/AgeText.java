package io.millrace.executor.function;

import io.millrace.plan.Call;

/** AGE: the years, months, days and time between two timestamps, in words; parts that are 0 are left out. */
final class AgeText {
    private static final int MONTHS_PER_YEAR = 12;

    private AgeText() {}

    static Evaluator of(Call call, ExpressionCompiler compiler) {
        return new TextFunction(
                call.type(),
                (x, row, out) -> {
                    try {
                        append(x[0].longAt(row), x[1].longAt(row), out);
                    } catch (ArithmeticException overflow) {
                        throw EvaluationErrors.datetimeOutOfRange(
                                call.arguments().get(0).type());
                    }
                },
                compiler.operands(call));
    }

    private static void append(long later, long earlier, TextBuffer out) {
        int start = out.length;
        long months = DatetimeArithmetic.monthsBetween(later, earlier);
        long day = Math.floorDiv(earlier, TimeUnits.DAY);
        long moved = CivilCalendar.addMonths(day, months) * TimeUnits.DAY + earlier - day * TimeUnits.DAY;
        long rest = Math.subtractExact(later, moved);
        appendPart(months / MONTHS_PER_YEAR, " year", start, out);
        appendPart(months % MONTHS_PER_YEAR, " mon", start, out);
        appendPart(rest / TimeUnits.DAY, " day", start, out);
        long time = rest % TimeUnits.DAY;
        if (time == 0 && out.length > start) {
            return;
        }
        if (out.length > start) {
            out.append(' ');
        }
        if (time < 0) {
            out.append('-');
        }
        long absolute = Math.abs(time);
        long millis = absolute % TimeUnits.SECOND;
        DatetimeText.appendTime(absolute, millis == 0 ? 0 : millis % TimeUnits.MILLISECOND == 0 ? 3 : 6, out);
    }

    private static void appendPart(long number, String unit, int start, TextBuffer out) {
        if (number == 0) {
            return;
        }
        if (out.length > start) {
            out.append(' ');
        }
        out.appendLong(number);
        out.appendAscii(unit);
        if (Math.abs(number) != 1) {
            out.append('s');
        }
    }
}
