package io.millrace.sqltests;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What a file has in place of a long result: the number of its values, and the MD5 of them with a line feed after each. */
record ResultHash(int count, String digest) {
    private static final Pattern FORM = Pattern.compile("(\\d{1,9}) values hashing to ([0-9a-fA-F]{32})\\s*");

    /** Null when the lines are values. */
    static @Nullable ResultHash parse(List<String> lines) {
        if (lines.size() != 1) {
            return null;
        }
        Matcher form = FORM.matcher(lines.get(0));
        return form.matches()
                ? new ResultHash(Integer.parseInt(form.group(1)), form.group(2).toLowerCase(Locale.ROOT))
                : null;
    }

    static ResultHash of(List<String> values) {
        MessageDigest md5 = md5();
        for (String value : values) {
            md5.update(value.getBytes(StandardCharsets.UTF_8));
            md5.update((byte) '\n');
        }
        return new ResultHash(values.size(), HexFormat.of().formatHex(md5.digest()));
    }

    @Override
    public String toString() {
        return count + " values hashing to " + digest;
    }

    private static MessageDigest md5() {
        try {
            return MessageDigest.getInstance("MD5");
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
