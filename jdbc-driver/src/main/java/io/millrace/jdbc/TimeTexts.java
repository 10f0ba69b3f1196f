package io.millrace.jdbc;

import java.time.LocalTime;

/** Writes times of day. */
final class TimeTexts {
    private static final int MICRO_DIGITS = 6;

    private TimeTexts() {}

    /** At least {@code precision} digits of a second, six when those hide some. */
    static String time(LocalTime time, int precision) {
        StringBuilder text = new StringBuilder(15);
        two(text, time.getHour()).append(':');
        two(text, time.getMinute()).append(':');
        two(text, time.getSecond());
        int micros = time.getNano() / 1000;
        int digits = Math.max(0, Math.min(precision, MICRO_DIGITS));
        if (micros % power(MICRO_DIGITS - digits) != 0) {
            digits = MICRO_DIGITS;
        }
        if (digits > 0) {
            String all = Integer.toString(1_000_000 + micros);
            text.append('.').append(all, 1, 1 + digits);
        }
        return text.toString();
    }

    private static StringBuilder two(StringBuilder text, int number) {
        return text.append((char) ('0' + number / 10)).append((char) ('0' + number % 10));
    }

    private static int power(int digits) {
        int power = 1;
        for (int i = 0; i < digits; i++) {
            power *= 10;
        }
        return power;
    }
}
