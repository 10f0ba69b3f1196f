package io.millrace.sqltests;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Writes a value as files with a value per line have it, by the letter of the query and whatever the column's type is: I
 * without fraction, R with three digits of it, T with {@code @} for each byte that cannot be printed.
 */
final class PlainValue {
    private static final Pattern NUMBER = Pattern.compile("\\s*([+-]?(?:\\d+\\.?\\d*|\\.\\d+)(?:[eE][+-]?\\d+)?)");

    private PlainValue() {}

    /** @param type the column's letter in the result, {@code letter} the one in the file */
    static String of(@Nullable String value, char type, char letter) {
        if (value == null) {
            return "NULL";
        }
        return switch (letter) {
            case 'I' -> integer(value, type);
            case 'R' -> real(value, type);
            case 'T' -> text(value);
            default -> value.isEmpty() ? "(empty)" : value;
        };
    }

    private static String integer(String value, char type) {
        if (type == 'I') {
            return value;
        }
        BigDecimal number = number(value, type);
        return number == null ? value : number.setScale(0, RoundingMode.DOWN).toPlainString();
    }

    private static String real(String value, char type) {
        BigDecimal number = number(value, type);
        if (number == null) {
            return value;
        }
        String text = number.setScale(3, RoundingMode.HALF_UP).toPlainString();
        return number.signum() < 0 && !text.startsWith("-") ? "-" + text : text;
    }

    /** The number that a text begins with, or else 0; null for infinities and NaN. */
    private static @Nullable BigDecimal number(String value, char type) {
        if (type == 'B') {
            return value.equals("true") ? BigDecimal.ONE : BigDecimal.ZERO;
        }
        Matcher number = NUMBER.matcher(value);
        if (number.lookingAt()) {
            return new BigDecimal(number.group(1));
        }
        return type == 'R' ? null : BigDecimal.ZERO;
    }

    private static String text(String value) {
        if (value.isEmpty()) {
            return "(empty)";
        }
        byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
        for (int i = 0; i < bytes.length; i++) {
            // bytes outside of ASCII are negative
            if (bytes[i] < ' ' || bytes[i] > '~') {
                bytes[i] = '@';
            }
        }
        return new String(bytes, StandardCharsets.US_ASCII);
    }
}
