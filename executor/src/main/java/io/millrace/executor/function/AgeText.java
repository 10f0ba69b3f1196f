package io.millrace.executor.function;

import io.millrace.plan.Call;
import java.time.LocalDate;
import java.time.Period;

/** AGE: the years, months, days and time between two timestamps, in words; parts that are 0 are left out. */
final class AgeText {
    private AgeText() {}

    static Evaluator of(Call call, ExpressionCompiler compiler) {
        return new TextFunction(
                call.type(), (x, row, out) -> append(x[0].longAt(row), x[1].longAt(row), out), compiler.operands(call));
    }

    private static void append(long later, long earlier, TextBuffer out) {
        int start = out.length;
        boolean isBackwards = later < earlier;
        long from = Math.floorDiv(earlier, TimeUnits.DAY);
        long to = Math.floorDiv(later, TimeUnits.DAY);
        long time = Math.floorMod(later, TimeUnits.DAY) - Math.floorMod(earlier, TimeUnits.DAY);
        // all parts have the sign of the whole
        if (!isBackwards && time < 0) {
            to--;
            time += TimeUnits.DAY;
        } else if (isBackwards && time > 0) {
            to++;
            time -= TimeUnits.DAY;
        }
        Period days = isBackwards ? between(to, from).negated() : between(from, to);
        appendPart(days.getYears(), " year", start, out);
        appendPart(days.getMonths(), " mon", start, out);
        appendPart(days.getDays(), " day", start, out);
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

    /** Whole months from the earlier of two days on, then the days that are left. */
    private static Period between(long earlier, long later) {
        return Period.between(LocalDate.ofEpochDay(earlier), LocalDate.ofEpochDay(later));
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
