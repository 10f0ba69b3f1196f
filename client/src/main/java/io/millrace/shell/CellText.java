package io.millrace.shell;

import java.util.Locale;
import org.jline.utils.WCWidth;

/** Texts in cells of a terminal: wide characters take two, and control characters are written so that they do nothing. */
final class CellText {
    private static final String ELLIPSIS = "…";

    private CellText() {}

    /** The text without control characters. */
    static String printable(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (isControl(text.charAt(i))) {
                return escaped(text);
            }
        }
        return text;
    }

    /** How many cells the text takes. */
    static int width(String text) {
        int width = 0;
        for (int i = 0; i < text.length(); ) {
            char c = text.charAt(i);
            if (c >= ' ' && c < 0x7F) {
                width++;
                i++;
            } else {
                int codePoint = text.codePointAt(i);
                width += Math.max(0, WCWidth.wcwidth(codePoint));
                i += Character.charCount(codePoint);
            }
        }
        return width;
    }

    /** The beginning of the text that fits, with … if something is cut. */
    static String cut(String text, int width) {
        if (width(text) <= width) {
            return text;
        }
        int used = 1;
        int end = 0;
        while (end < text.length()) {
            int codePoint = text.codePointAt(end);
            used += Math.max(0, WCWidth.wcwidth(codePoint));
            if (used > width) {
                break;
            }
            end += Character.charCount(codePoint);
        }
        return text.substring(0, end) + ELLIPSIS;
    }

    private static String escaped(String text) {
        StringBuilder escaped = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '\n' -> escaped.append("\\n");
                case '\r' -> escaped.append("\\r");
                case '\t' -> escaped.append("\\t");
                default -> {
                    if (isControl(c)) {
                        escaped.append(String.format(Locale.ROOT, "\\u%04x", (int) c));
                    } else {
                        escaped.append(c);
                    }
                }
            }
        }
        return escaped.toString();
    }

    /** C0, DEL and C1, and the characters that turn the direction of what follows. */
    private static boolean isControl(char c) {
        return c < ' '
                || (c >= 0x7F && c < 0xA0)
                || (c >= '\u202A' && c <= '\u202E')
                || (c >= '\u2066' && c <= '\u2069');
    }
}
