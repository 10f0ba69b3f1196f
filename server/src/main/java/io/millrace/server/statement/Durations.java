package io.millrace.server.statement;

/** Durations as SQL writes them: a whole number of the largest unit that fits. */
final class Durations {
    private static final long[] MICROS = {86_400_000_000L, 3_600_000_000L, 60_000_000L, 1_000_000L, 1_000L};
    private static final String[] UNITS = {"d", "h", "m", "s", "ms"};

    private Durations() {}

    static String format(long micros) {
        if (micros == 0) {
            return "0s";
        }
        for (int i = 0; i < UNITS.length; i++) {
            if (micros % MICROS[i] == 0) {
                return micros / MICROS[i] + UNITS[i];
            }
        }
        return micros + "us";
    }
}
