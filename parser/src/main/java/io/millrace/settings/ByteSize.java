package io.millrace.settings;

import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A number of bytes, written such as {@code 256MiB}, or as a share of the heap such as {@code 25%}. */
public record ByteSize(long bytes) {
    private static final Pattern SHARE = Pattern.compile("(\\d{1,2}|100)\\s*%");
    private static final Pattern AMOUNT = Pattern.compile("(\\d{1,19})\\s*([a-zA-Z]*)");
    private static final Map<String, Long> UNITS = Map.of(
            "b", 1L,
            "kib", 1L << 10,
            "mib", 1L << 20,
            "gib", 1L << 30,
            "tib", 1L << 40,
            "kb", 1_000L,
            "mb", 1_000_000L,
            "gb", 1_000_000_000L,
            "tb", 1_000_000_000_000L);

    public ByteSize {
        if (bytes < 0) {
            throw new IllegalArgumentException(bytes + " bytes");
        }
    }

    public static ByteSize ofMebibytes(long mebibytes) {
        return new ByteSize(Math.multiplyExact(mebibytes, 1L << 20));
    }

    /** @throws IllegalArgumentException when the text is no size */
    public static ByteSize parse(String text) {
        Matcher share = SHARE.matcher(text);
        if (share.matches()) {
            return new ByteSize(Runtime.getRuntime().maxMemory() / 100 * Long.parseLong(share.group(1)));
        }
        Matcher amount = AMOUNT.matcher(text);
        if (!amount.matches()) {
            throw new IllegalArgumentException(text);
        }
        Long unit = UNITS.get(amount.group(2).toLowerCase(Locale.ROOT));
        long number = Long.parseLong(amount.group(1));
        if (unit == null && number != 0) {
            throw new IllegalArgumentException(text);
        }
        try {
            return new ByteSize(unit == null ? 0 : Math.multiplyExact(number, unit));
        } catch (ArithmeticException tooLarge) {
            throw new IllegalArgumentException(text, tooLarge);
        }
    }

    /** In the largest binary unit that leaves a whole number. */
    @Override
    public String toString() {
        String[] units = {"TiB", "GiB", "MiB", "KiB"};
        for (int i = 0; i < units.length; i++) {
            int shift = 10 * (units.length - i);
            if (bytes != 0 && bytes % (1L << shift) == 0) {
                return (bytes >> shift) + units[i];
            }
        }
        return bytes + "B";
    }
}
