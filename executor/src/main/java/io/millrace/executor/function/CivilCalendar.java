package io.millrace.executor.function;

/** The proleptic Gregorian calendar on day numbers (0 = 1970-01-01), without objects. */
final class CivilCalendar {
    private static final int DAYS_PER_ERA = 146_097;
    /** Days from 0000-03-01 to 1970-01-01. */
    private static final int EPOCH_SHIFT = 719_468;

    private CivilCalendar() {}

    /** {@code year << 9 | month << 5 | day}. */
    static long civil(long day) {
        long shifted = day + EPOCH_SHIFT;
        long era = Math.floorDiv(shifted, DAYS_PER_ERA);
        int dayOfEra = (int) (shifted - era * DAYS_PER_ERA);
        int yearOfEra = (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365;
        // years begin in March, so that the leap day is the last
        int dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100);
        int shiftedMonth = (5 * dayOfYear + 2) / 153;
        int dayOfMonth = dayOfYear - (153 * shiftedMonth + 2) / 5 + 1;
        int month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9;
        long year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0);
        return year << 9 | (long) month << 5 | dayOfMonth;
    }

    static long year(long civil) {
        return civil >> 9;
    }

    static int month(long civil) {
        return (int) (civil >> 5) & 15;
    }

    static int dayOfMonth(long civil) {
        return (int) civil & 31;
    }

    /** The day number of a date that exists. */
    static long day(long year, int month, int dayOfMonth) {
        long shiftedYear = month <= 2 ? year - 1 : year;
        long era = Math.floorDiv(shiftedYear, 400);
        int yearOfEra = (int) (shiftedYear - era * 400);
        int dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + dayOfMonth - 1;
        int dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear;
        return era * DAYS_PER_ERA + dayOfEra - EPOCH_SHIFT;
    }

    static boolean isLeap(long year) {
        return (year & 3) == 0 && (year % 100 != 0 || year % 400 == 0);
    }

    static int monthLength(long year, int month) {
        return switch (month) {
            case 2 -> isLeap(year) ? 29 : 28;
            case 4, 6, 9, 11 -> 30;
            default -> 31;
        };
    }

    /** Adds months; a day that the month has not becomes its last. */
    static long addMonths(long day, long months) {
        long civil = civil(day);
        long total = Math.addExact(year(civil) * 12 + month(civil) - 1, months);
        long year = Math.floorDiv(total, 12L);
        int month = (int) Math.floorMod(total, 12L) + 1;
        return day(year, month, Math.min(dayOfMonth(civil), monthLength(year, month)));
    }

    /** Sunday is 0. */
    static int dayOfWeek(long day) {
        return (int) Math.floorMod(day + 4, 7L);
    }

    static int dayOfYear(long day) {
        return (int) (day - day(year(civil(day)), 1, 1)) + 1;
    }

    /** The Thursday of the ISO week, which lies in the week's year. */
    static long isoThursday(long day) {
        return day - (dayOfWeek(day) + 6) % 7 + 3;
    }

    static int isoWeek(long day) {
        return (dayOfYear(isoThursday(day)) - 1) / 7 + 1;
    }
}
