package io.millrace.executor.function;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A format of TO_CHAR, TO_DATE and TO_TIMESTAMP, cut into its elements: fields such as {@code YYYY}, and texts, in double
 * quotes or not, that stand for themselves. The letters of a field may have any case, which names follow.
 */
record DatetimeFormat(String text, List<Element> elements) {
    /** What a field gives. */
    enum Field {
        IYYY,
        YYYY,
        YYY,
        YY,
        Y,
        RRRR,
        RR,
        CC,
        Q,
        MONTH,
        MON,
        MM,
        IW,
        WW,
        W,
        IDDD,
        DDD,
        DAY,
        DD,
        DY,
        ID,
        D,
        J,
        HH24,
        HH12,
        HH,
        MI,
        SSSSS,
        SSSS,
        SS,
        MS,
        US,
        FF1,
        FF2,
        FF3,
        FF4,
        FF5,
        FF6,
        A_M("A.M."),
        P_M("P.M."),
        AM,
        PM;

        private final String spelling;

        Field() {
            spelling = name();
        }

        Field(String spelling) {
            this.spelling = spelling;
        }

        int digits() {
            return switch (this) {
                case IYYY, YYYY, RRRR, FF4 -> 4;
                case YYY, DDD, IDDD, MS, FF3 -> 3;
                case SSSSS, SSSS, FF5 -> 5;
                case US, FF6 -> 6;
                case J -> 7;
                case Q, W, D, ID, Y, FF1 -> 1;
                default -> 2;
            };
        }
    }

    /** How the letters of a name are written. */
    enum Style {
        UPPER,
        CAPITALIZED,
        LOWER
    }

    /**
     * A field, or a text when {@code field} is null.
     *
     * @param compact FM: without blanks and leading zeros
     * @param ordinal TH: with the ending of an ordinal number
     */
    record Element(@Nullable Field field, String literal, Style style, boolean compact, boolean ordinal) {}

    static DatetimeFormat of(String text) {
        List<Element> elements = new ArrayList<>();
        StringBuilder literal = new StringBuilder();
        String upper = text.toUpperCase(Locale.ROOT);
        boolean compact = false;
        int at = 0;
        while (at < text.length()) {
            if (text.charAt(at) == '"') {
                int end = text.indexOf('"', at + 1);
                int stop = end < 0 ? text.length() : end;
                literal.append(text, at + 1, stop);
                at = stop + 1;
                continue;
            }
            if (upper.startsWith("FM", at)) {
                compact = true;
                at += 2;
                continue;
            }
            Field field = fieldAt(upper, at);
            if (field == null) {
                literal.append(text.charAt(at++));
                continue;
            }
            flush(literal, elements);
            int end = at + field.spelling.length();
            boolean ordinal = upper.startsWith("TH", end);
            elements.add(new Element(field, "", style(text.substring(at, end)), compact, ordinal));
            compact = false;
            at = ordinal ? end + 2 : end;
        }
        flush(literal, elements);
        return new DatetimeFormat(text, List.copyOf(elements));
    }

    private static void flush(StringBuilder literal, List<Element> elements) {
        if (!literal.isEmpty()) {
            elements.add(new Element(null, literal.toString(), Style.UPPER, false, false));
            literal.setLength(0);
        }
    }

    /** Longer spellings come first among the constants. */
    private static @Nullable Field fieldAt(String upper, int at) {
        for (Field field : Field.values()) {
            if (upper.startsWith(field.spelling, at)) {
                return field;
            }
        }
        return null;
    }

    private static Style style(String spelled) {
        if (Character.isLowerCase(spelled.charAt(0))) {
            return Style.LOWER;
        }
        return spelled.length() > 1 && Character.isLowerCase(spelled.charAt(1)) ? Style.CAPITALIZED : Style.UPPER;
    }
}
