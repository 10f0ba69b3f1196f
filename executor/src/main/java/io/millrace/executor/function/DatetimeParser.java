package io.millrace.executor.function;

import io.millrace.executor.column.PowersOfTen;
import io.millrace.plan.DataType;
import io.millrace.plan.DataType.Kind;

/**
 * Reads {@code 2024-01-02}, {@code 03:04[:05[.678901]]}, or both with a blank or a T between them; after a time, for a
 * type with a time zone, {@code Z} or an offset such as {@code +01:00}. Further fractional digits are dropped.
 */
final class DatetimeParser {
    private final DataType type;

    private byte[] bytes = {};
    private int at;
    private int end;
    private boolean valid;

    DatetimeParser(DataType type) {
        this.type = type;
    }

    /** The value of the type in a row of a text column. */
    long parse(Operand text, int row) {
        bytes = text.bytes;
        end = Utf8.trimmedEnd(bytes, text.start(row), text.end(row));
        at = Utf8.trimmedStart(bytes, text.start(row), end);
        valid = true;
        long value = switch (type.kind()) {
            case DATE -> dateOfText();
            case TIME -> TimeUnits.truncate(time(), type.precision());
            default -> TimeUnits.truncate(timestamp(), type.precision());
        };
        if (!valid || at != end) {
            throw EvaluationErrors.invalidText(text.text(row), type);
        }
        return value;
    }

    private long dateOfText() {
        long day = date();
        // a time behind the date is read and dropped
        if (valid && at < end && isSeparator()) {
            at++;
            time();
        }
        return day;
    }

    private long timestamp() {
        long micros = date() * TimeUnits.DAY;
        if (!valid || at == end) {
            return micros;
        }
        valid = isSeparator();
        at++;
        micros += time();
        if (type.kind() == Kind.TIMESTAMP_LTZ && valid && at < end) {
            micros -= offset();
        }
        return micros;
    }

    private boolean isSeparator() {
        return bytes[at] == ' ' || bytes[at] == 'T' || bytes[at] == 't';
    }

    private long date() {
        boolean negative = at < end && bytes[at] == '-';
        if (negative) {
            at++;
        }
        long year = number(4, 6);
        expect('-');
        int month = (int) number(1, 2);
        expect('-');
        int day = (int) number(1, 2);
        long signed = negative ? -year : year;
        valid &= month >= 1 && month <= 12 && day >= 1;
        if (!valid || day > CivilCalendar.monthLength(signed, month) || Math.abs(signed) > 290_000) {
            valid = false;
            return 0;
        }
        return CivilCalendar.day(signed, month, day);
    }

    private long time() {
        long hour = number(1, 2);
        expect(':');
        long minute = number(2, 2);
        long second = 0;
        long fraction = 0;
        if (valid && at < end && bytes[at] == ':') {
            at++;
            second = number(2, 2);
            if (valid && at < end && bytes[at] == '.') {
                at++;
                fraction = fraction();
            }
        }
        valid &= hour < 24 && minute < 60 && second < 60;
        return hour * TimeUnits.HOUR + minute * TimeUnits.MINUTE + second * TimeUnits.SECOND + fraction;
    }

    private long offset() {
        if (bytes[at] == ' ' && at + 1 < end) {
            at++;
        }
        if (bytes[at] == 'Z' || bytes[at] == 'z') {
            at++;
            return 0;
        }
        boolean negative = bytes[at] == '-';
        valid &= negative || bytes[at] == '+';
        at++;
        long hours = number(1, 2);
        long minutes = 0;
        if (valid && at < end) {
            if (bytes[at] == ':') {
                at++;
            }
            minutes = number(2, 2);
        }
        valid &= hours <= 18 && minutes < 60;
        long micros = hours * TimeUnits.HOUR + minutes * TimeUnits.MINUTE;
        return negative ? -micros : micros;
    }

    private long fraction() {
        int start = at;
        long micros = 0;
        for (; at < end && isDigit(); at++) {
            if (at - start < 6) {
                micros = micros * 10 + bytes[at] - '0';
            }
        }
        int digits = at - start;
        valid &= digits > 0;
        return digits >= 6 ? micros : micros * PowersOfTen.LONGS[6 - digits];
    }

    private long number(int minDigits, int maxDigits) {
        int start = at;
        long value = 0;
        for (; at < end && at - start < maxDigits && isDigit(); at++) {
            value = value * 10 + bytes[at] - '0';
        }
        valid &= at - start >= minDigits;
        return value;
    }

    private boolean isDigit() {
        return bytes[at] >= '0' && bytes[at] <= '9';
    }

    private void expect(char separator) {
        valid &= at < end && bytes[at] == separator;
        at++;
    }
}
