package io.millrace.executor.function;

import io.millrace.error.ErrorCode;
import io.millrace.error.MillraceException;
import io.millrace.executor.column.PowersOfTen;
import io.millrace.executor.function.DatetimeFormat.Element;
import io.millrace.executor.function.DatetimeFormat.Field;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads one text by a format. A field that the format has not is 1970, 1 or 0. */
final class DatetimeFormatReader {
    private static final int MAX_YEAR_DIGITS = 6;
    /** Two digits of a year mean 1970 to 2069. */
    private static final int FIRST_OF_CENTURY = 70;
    /** RR means 1950 to 2049. */
    private static final int FIRST_OF_ROUNDED_CENTURY = 50;

    private static final int SECONDS_PER_DAY = 86_400;

    private final DatetimeFormat format;
    private final String text;

    private int at;
    private long year = 1970;
    private int month = 1;
    private int day = 1;
    private int dayOfYear;
    private long julian = Long.MIN_VALUE;
    private int hour;
    private @Nullable Boolean afternoon;
    private long rest;

    DatetimeFormatReader(DatetimeFormat format, String text) {
        this.format = format;
        this.text = text;
    }

    /** Microseconds since the epoch. */
    long read() {
        List<Element> elements = format.elements();
        for (int i = 0; i < elements.size(); i++) {
            Field field = elements.get(i).field();
            if (field == null) {
                skip(elements.get(i).literal());
                continue;
            }
            boolean digitsFollow =
                    i + 1 < elements.size() && elements.get(i + 1).field() != null;
            read(field, digitsFollow);
            if (elements.get(i).ordinal()) {
                at = Math.min(text.length(), at + 2);
            }
        }
        skipBlanks();
        if (at != text.length()) {
            throw mismatch();
        }
        return day() * TimeUnits.DAY + hours() * TimeUnits.HOUR + rest;
    }

    /** Blanks match any number of them, marks any mark, letters and digits themselves. */
    private void skip(String literal) {
        for (int i = 0; i < literal.length(); i++) {
            char expected = literal.charAt(i);
            if (expected == ' ') {
                skipBlanks();
                continue;
            }
            boolean same = at < text.length()
                    && (Character.isLetterOrDigit(expected)
                            ? text.charAt(at) == expected
                            : !Character.isLetterOrDigit(text.charAt(at)));
            if (!same) {
                throw mismatch();
            }
            at++;
        }
    }

    private void skipBlanks() {
        while (at < text.length() && text.charAt(at) == ' ') {
            at++;
        }
    }

    private void read(Field field, boolean digitsFollow) {
        switch (field) {
            case YYYY, RRRR -> year = number(digitsFollow ? field.digits() : MAX_YEAR_DIGITS);
            case YY -> {
                long value = number(field.digits());
                year = value + (value < FIRST_OF_CENTURY ? 2000 : 1900);
            }
            case RR -> {
                long value = number(field.digits());
                year = value + (value < FIRST_OF_ROUNDED_CENTURY ? 2000 : 1900);
            }
            case MM -> month = (int) number(field.digits());
            case MONTH, MON -> month = 1 + monthIndex(field == Field.MON);
            case DD -> day = (int) number(field.digits());
            case DDD -> dayOfYear = (int) number(field.digits());
            case J -> julian = number(field.digits());
            case DAY, DY -> skipDayName(field == Field.DY);
            case HH24 -> hour = hour(0, 23);
            case HH12, HH -> {
                hour = hour(1, 12) % 12;
                afternoon = afternoon == null ? Boolean.FALSE : afternoon;
            }
            case MI -> rest += sixty() * TimeUnits.MINUTE;
            case SS -> rest += sixty() * TimeUnits.SECOND;
            case SSSS, SSSSS -> rest += secondOfDay();
            case MS, US, FF1, FF2, FF3, FF4, FF5, FF6 -> rest += fraction(field.digits());
            case AM, PM, A_M, P_M -> afternoon = isAfternoon(field == Field.A_M || field == Field.P_M);
            default ->
                throw EvaluationErrors.invalidArgument("the field " + field + " of the format \""
                        + EvaluationErrors.shortened(format.text()) + "\" can be written but not read");
        }
    }

    private long number(int maxDigits) {
        skipBlanks();
        int start = at;
        long value = 0;
        for (; at < text.length() && at - start < maxDigits && isDigit(text.charAt(at)); at++) {
            value = value * 10 + text.charAt(at) - '0';
        }
        if (at == start) {
            throw mismatch();
        }
        return value;
    }

    private static boolean isDigit(char character) {
        return character >= '0' && character <= '9';
    }

    private int hour(int least, int most) {
        long value = number(2);
        if (value < least || value > most) {
            throw outOfRange();
        }
        return (int) value;
    }

    private long sixty() {
        long value = number(2);
        if (value >= 60) {
            throw outOfRange();
        }
        return value;
    }

    private long secondOfDay() {
        long value = number(Field.SSSSS.digits());
        if (value >= SECONDS_PER_DAY) {
            throw outOfRange();
        }
        return value * TimeUnits.SECOND;
    }

    /** Digits after a point: {@code 5} is half a second. */
    private long fraction(int maxDigits) {
        skipBlanks();
        int start = at;
        long value = number(maxDigits);
        return value * PowersOfTen.LONGS[6 - (at - start)];
    }

    private int monthIndex(boolean isShort) {
        skipBlanks();
        for (int i = 0; i < 12; i++) {
            if (takes(DatetimeFields.monthName(i + 1), isShort)) {
                return i;
            }
        }
        throw mismatch();
    }

    private void skipDayName(boolean isShort) {
        skipBlanks();
        for (int i = 0; i < 7; i++) {
            if (takes(DatetimeFields.dayName(i), isShort)) {
                return;
            }
        }
        throw mismatch();
    }

    private boolean takes(String name, boolean isShort) {
        int length = isShort ? 3 : name.length();
        boolean found = text.regionMatches(true, at, name, 0, length);
        at += found ? length : 0;
        return found;
    }

    private boolean isAfternoon(boolean dotted) {
        skipBlanks();
        String morning = dotted ? "A.M." : "AM";
        String evening = dotted ? "P.M." : "PM";
        boolean isEvening = text.regionMatches(true, at, evening, 0, evening.length());
        if (!isEvening && !text.regionMatches(true, at, morning, 0, morning.length())) {
            throw mismatch();
        }
        at += morning.length();
        return isEvening;
    }

    private long hours() {
        return Boolean.TRUE.equals(afternoon) && hour < 12 ? hour + 12 : hour;
    }

    private long day() {
        if (julian != Long.MIN_VALUE) {
            return julian - DatetimeFormats.JULIAN_EPOCH;
        }
        if (dayOfYear > 0) {
            if (dayOfYear > (CivilCalendar.isLeap(year) ? 366 : 365)) {
                throw outOfRange();
            }
            return CivilCalendar.day(year, 1, 1) + dayOfYear - 1;
        }
        boolean valid = year <= 290_000 && month >= 1 && month <= 12 && day >= 1;
        if (!valid || day > CivilCalendar.monthLength(year, month)) {
            throw outOfRange();
        }
        return CivilCalendar.day(year, month, day);
    }

    private MillraceException mismatch() {
        return new MillraceException(
                ErrorCode.INVALID_DATETIME,
                "\"" + EvaluationErrors.shortened(text) + "\" does not have the format \""
                        + EvaluationErrors.shortened(format.text()) + "\"");
    }

    private MillraceException outOfRange() {
        return new MillraceException(
                ErrorCode.DATETIME_OVERFLOW,
                "\"" + EvaluationErrors.shortened(text) + "\" has a field that is out of range for the format \""
                        + EvaluationErrors.shortened(format.text()) + "\"");
    }
}
