package io.millrace.executor.function;

/** Microseconds per unit, and rounding of times. */
final class TimeUnits {
    static final long MILLISECOND = 1_000;
    static final long SECOND = 1_000_000;
    static final long MINUTE = 60 * SECOND;
    static final long HOUR = 60 * MINUTE;
    static final long DAY = 24 * HOUR;

    private static final long[] STEPS = {1_000_000, 100_000, 10_000, 1_000, 100, 10, 1};

    private TimeUnits() {}

    /** Drops the fractional digits after the first {@code precision}. */
    static long truncate(long micros, int precision) {
        if (precision >= 6) {
            return micros;
        }
        return micros - Math.floorMod(micros, STEPS[precision]);
    }
}
