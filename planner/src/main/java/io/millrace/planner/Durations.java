package io.millrace.planner;

/** Durations in microseconds, as text. */
final class Durations {
    private static final long[] UNITS = {86_400_000_000L, 3_600_000_000L, 60_000_000L, 1_000_000L, 1000L, 1L};
    private static final String[] NAMES = {"d", "h", "m", "s", "ms", "us"};

    private Durations() {}

    /** In the largest unit that divides it: 30s, 1500ms, 2m. */
    static String print(long micros) {
        if (micros == 0) {
            return "0s";
        }
        for (int i = 0; i < UNITS.length; i++) {
            if (micros % UNITS[i] == 0) {
                return micros / UNITS[i] + NAMES[i];
            }
        }
        throw new AssertionError(micros);
    }
}
