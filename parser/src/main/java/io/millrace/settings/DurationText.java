package io.millrace.settings;

import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Durations as a whole number of one unit: {@code 30s}. */
public final class DurationText {
    private static final Pattern PATTERN = Pattern.compile("(\\d{1,15})\\s*(ms|s|m|h|d)");
    private static final String[] UNITS = {"d", "h", "m", "s"};

    private DurationText() {}

    /** @throws IllegalArgumentException when the text is no duration */
    public static Duration parse(String text) {
        if (text.equals("0")) {
            return Duration.ZERO;
        }
        Matcher matcher = PATTERN.matcher(text);
        if (!matcher.matches()) {
            throw new IllegalArgumentException(text);
        }
        long number = Long.parseLong(matcher.group(1));
        return Duration.ofMillis(Math.multiplyExact(number, millis(matcher.group(2))));
    }

    /** In the largest unit that leaves a whole number. */
    public static String format(Duration duration) {
        long millis = duration.toMillis();
        for (String unit : UNITS) {
            if (millis % millis(unit) == 0) {
                return millis == 0 ? "0s" : millis / millis(unit) + unit;
            }
        }
        return millis + "ms";
    }

    private static long millis(String unit) {
        return switch (unit) {
            case "ms" -> 1;
            case "s" -> 1_000;
            case "m" -> 60_000;
            case "h" -> 3_600_000;
            default -> 86_400_000;
        };
    }
}
