package io.millrace.executor.function;

import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** Upper and lower case, as Unicode has it; bytes of ASCII without decoding. */
final class CaseFolding {
    private CaseFolding() {}

    /** One character for all that differ only in case. */
    static int fold(int character) {
        return Character.toLowerCase(Character.toUpperCase(character));
    }

    static void appendFolded(byte[] bytes, int start, int end, TextBuffer out) {
        if (Utf8.isAscii(bytes, start, end)) {
            appendAsciiLower(bytes, start, end, out);
            return;
        }
        for (int at = start, next; at < end; at = next) {
            next = Utf8.next(bytes, at, end);
            out.appendCodePoint(fold(Utf8.decode(bytes, at, next)));
        }
    }

    static void appendLower(byte[] bytes, int start, int end, TextBuffer out) {
        if (Utf8.isAscii(bytes, start, end)) {
            appendAsciiLower(bytes, start, end, out);
            return;
        }
        out.appendText(new String(bytes, start, end - start, StandardCharsets.UTF_8).toLowerCase(Locale.ROOT));
    }

    static void appendUpper(byte[] bytes, int start, int end, TextBuffer out) {
        if (Utf8.isAscii(bytes, start, end)) {
            out.reserve(end - start);
            for (int at = start; at < end; at++) {
                byte value = bytes[at];
                out.bytes[out.length++] = value >= 'a' && value <= 'z' ? (byte) (value - 32) : value;
            }
            return;
        }
        // some characters become several: the whole string knows best
        out.appendText(new String(bytes, start, end - start, StandardCharsets.UTF_8).toUpperCase(Locale.ROOT));
    }

    /** Words begin with a capital; a word is made of letters and digits. */
    static void appendInitialCapitals(byte[] bytes, int start, int end, TextBuffer out) {
        boolean inWord = false;
        for (int at = start, next; at < end; at = next) {
            next = Utf8.next(bytes, at, end);
            int character = Utf8.decode(bytes, at, next);
            out.appendCodePoint(inWord ? Character.toLowerCase(character) : Character.toUpperCase(character));
            inWord = Character.isLetterOrDigit(character);
        }
    }

    private static void appendAsciiLower(byte[] bytes, int start, int end, TextBuffer out) {
        out.reserve(end - start);
        for (int at = start; at < end; at++) {
            byte value = bytes[at];
            out.bytes[out.length++] = value >= 'A' && value <= 'Z' ? (byte) (value + 32) : value;
        }
    }
}
