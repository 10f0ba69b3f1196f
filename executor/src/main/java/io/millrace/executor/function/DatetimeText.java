package io.millrace.executor.function;

import io.millrace.executor.column.PowersOfTen;

/** Datetimes and intervals as text. */
final class DatetimeText {
    private DatetimeText() {}

    static void appendDate(long day, TextBuffer out) {
        long civil = CivilCalendar.civil(day);
        long year = CivilCalendar.year(civil);
        if (year < 0) {
            out.append('-');
        }
        if (Math.abs(year) < 10_000) {
            out.appendPadded(Math.abs(year), 4);
        } else {
            out.appendLong(Math.abs(year));
        }
        out.append('-');
        out.appendPadded(CivilCalendar.month(civil), 2);
        out.append('-');
        out.appendPadded(CivilCalendar.dayOfMonth(civil), 2);
    }

    static void appendTime(long micros, int precision, TextBuffer out) {
        out.appendPadded(micros / TimeUnits.HOUR, 2);
        out.append(':');
        out.appendPadded(micros / TimeUnits.MINUTE % 60, 2);
        out.append(':');
        out.appendPadded(micros / TimeUnits.SECOND % 60, 2);
        int digits = Math.min(precision, 6);
        if (digits > 0) {
            out.append('.');
            out.appendPadded(micros % TimeUnits.SECOND / PowersOfTen.LONGS[6 - digits], digits);
        }
    }

    static void appendTimestamp(long micros, int precision, TextBuffer out) {
        long day = Math.floorDiv(micros, TimeUnits.DAY);
        appendDate(day, out);
        out.append(' ');
        appendTime(micros - day * TimeUnits.DAY, precision, out);
    }

    /** As in a literal: {@code +1-02}. */
    static void appendMonths(long months, TextBuffer out) {
        out.append(months < 0 ? '-' : '+');
        out.appendLong(Math.abs(months / 12));
        out.append('-');
        out.appendPadded(Math.abs(months % 12), 2);
    }

    /** As in a literal: {@code +1 02:03:04.500000}. */
    static void appendInterval(long micros, TextBuffer out) {
        out.append(micros < 0 ? '-' : '+');
        out.appendLong(Math.abs(micros / TimeUnits.DAY));
        out.append(' ');
        appendTime(Math.abs(micros % TimeUnits.DAY), 6, out);
    }
}
