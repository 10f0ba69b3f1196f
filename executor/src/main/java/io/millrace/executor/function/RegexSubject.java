package io.millrace.executor.function;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A pattern before the strings of a column. ASCII is read where it lies, other text is decoded first. */
final class RegexSubject {
    private static final int MAX_CACHED = 64;

    /** Compiles a pattern, and says when it cannot be. */
    interface Compiler {
        Pattern compile(String pattern, String flags);
    }

    private final Operand text;
    private final Operand pattern;
    private final @Nullable Operand flags;
    private final Compiler compiler;
    private final AsciiText ascii = new AsciiText();
    private final Map<String, Matcher> cache = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Matcher> eldest) {
            return size() > MAX_CACHED;
        }
    };

    private @Nullable Matcher constant;
    private @Nullable String decoded;

    /** A constant pattern is compiled at once, so that its errors come early. */
    RegexSubject(Operand text, Operand pattern, @Nullable Operand flags, Compiler compiler) {
        this.text = text;
        this.pattern = pattern;
        this.flags = flags;
        this.compiler = compiler;
        if (pattern.constant && (flags == null || flags.constant)) {
            constant = compile(0);
        }
    }

    /** The pattern of a row before the text of the row. */
    Matcher matcher(int row) {
        Matcher matcher = constant;
        if (matcher == null) {
            String key = pattern.text(row) + '\0' + (flags == null ? "" : flags.text(row));
            matcher = cache.get(key);
            if (matcher == null) {
                matcher = compile(row);
                cache.put(key, matcher);
            }
        }
        int start = text.start(row);
        int end = text.end(row);
        if (Utf8.isAscii(text.bytes, start, end)) {
            decoded = null;
            ascii.wrap(text.bytes, start, end);
            return matcher.reset(ascii);
        }
        String characters = text.text(row);
        decoded = characters;
        return matcher.reset(characters);
    }

    private Matcher compile(int row) {
        return compiler.compile(pattern.text(row), flags == null ? "" : flags.text(row))
                .matcher("");
    }

    /** How many chars the text has, as the matcher counts. */
    int length() {
        return decoded == null ? ascii.length() : decoded.length();
    }

    /** Appends a part of the text, by the matcher's places. */
    void append(int from, int to, TextBuffer out) {
        if (decoded == null) {
            out.append(ascii.bytes, ascii.start + from, ascii.start + to);
            return;
        }
        for (int at = from; at < to; ) {
            int character = decoded.codePointAt(at);
            out.appendCodePoint(character);
            at += Character.charCount(character);
        }
    }

    /** The matcher's place of a character that is counted from 1; -1 when the text ends before. */
    int place(long character) {
        if (decoded == null) {
            return character - 1 <= ascii.length() ? (int) (character - 1) : -1;
        }
        return character - 1 <= decoded.codePointCount(0, decoded.length())
                ? decoded.offsetByCodePoints(0, (int) (character - 1))
                : -1;
    }

    /** The number, from 1, of the character at a place. */
    long character(int place) {
        return decoded == null ? place + 1L : decoded.codePointCount(0, place) + 1L;
    }

    /** Bytes that are characters. */
    private static final class AsciiText implements CharSequence {
        private byte[] bytes = {};
        private int start;
        private int end;

        void wrap(byte[] newBytes, int newStart, int newEnd) {
            bytes = newBytes;
            start = newStart;
            end = newEnd;
        }

        @Override
        public int length() {
            return end - start;
        }

        @Override
        public char charAt(int index) {
            return (char) bytes[start + index];
        }

        @Override
        public CharSequence subSequence(int from, int to) {
            AsciiText part = new AsciiText();
            part.wrap(bytes, start + from, start + to);
            return part;
        }

        @Override
        public String toString() {
            return new String(bytes, start, end - start, java.nio.charset.StandardCharsets.US_ASCII);
        }
    }
}
