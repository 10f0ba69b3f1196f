package io.millrace.executor.function;

import io.millrace.error.ErrorCode;
import io.millrace.error.MillraceException;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * A parsed LIKE pattern. Patterns of one literal with {@code %} before or after it have a form of their own.
 */
final class LikePattern {
    /** What the pattern comes to. */
    enum Form {
        EXACT,
        PREFIX,
        SUFFIX,
        CONTAINS,
        GENERAL
    }

    /** A parsed pattern takes many times the memory of its text. */
    private static final int MAX_LENGTH = 256 * 1024;

    final Form form;
    /** The literal of the forms that have one. */
    final byte[] literal;

    private final LikeMatcher matcher;

    private LikePattern(Form form, byte[] literal, short[] tokens) {
        this.form = form;
        this.literal = literal;
        matcher = new LikeMatcher(tokens);
    }

    /** A pattern that looks for a literal anywhere. */
    static LikePattern contains(byte[] literal) {
        return new LikePattern(Form.CONTAINS, literal, new short[0]);
    }

    /**
     * Parses a pattern.
     *
     * @param escape a character, or an empty string for none
     * @param fold whether letters are folded, as {@link CaseFolding} folds the values
     */
    static LikePattern parse(String pattern, String escape, boolean fold) {
        if (escape.codePointCount(0, escape.length()) > 1) {
            throw new MillraceException(
                    ErrorCode.INVALID_ESCAPE, "invalid escape string \"" + EvaluationErrors.shortened(escape) + "\"");
        }
        if (pattern.length() > MAX_LENGTH) {
            throw new MillraceException(
                    ErrorCode.PROGRAM_LIMIT_EXCEEDED,
                    "a LIKE pattern has " + pattern.length() + " characters, more than the limit of " + MAX_LENGTH);
        }
        int escapeCharacter = escape.isEmpty() ? -1 : escape.codePointAt(0);
        short[] tokens = new short[pattern.length() * 3];
        int count = 0;
        int[] characters = pattern.codePoints().toArray();
        for (int i = 0; i < characters.length; i++) {
            int character = characters[i];
            if (character == escapeCharacter) {
                i++;
                boolean valid = i < characters.length
                        && (characters[i] == '%' || characters[i] == '_' || characters[i] == escapeCharacter);
                if (!valid) {
                    throw new MillraceException(
                            ErrorCode.INVALID_ESCAPE,
                            "invalid escape sequence in LIKE pattern \"" + EvaluationErrors.shortened(pattern) + "\"");
                }
                character = characters[i];
            } else if (character == '%') {
                if (count == 0 || tokens[count - 1] != LikeMatcher.ANY_STRING) {
                    tokens[count++] = LikeMatcher.ANY_STRING;
                }
                continue;
            } else if (character == '_') {
                tokens[count++] = LikeMatcher.ANY_CHARACTER;
                continue;
            }
            int literal = fold ? CaseFolding.fold(character) : character;
            for (byte part : Character.toString(literal).getBytes(StandardCharsets.UTF_8)) {
                tokens[count++] = (short) (part & 0xFF);
            }
        }
        return classify(Arrays.copyOf(tokens, count));
    }

    private static LikePattern classify(short[] tokens) {
        ByteArrayOutputStream literal = new ByteArrayOutputStream();
        boolean inner = false;
        for (int i = 0; i < tokens.length; i++) {
            if (tokens[i] < LikeMatcher.ANY_CHARACTER) {
                literal.write(tokens[i]);
            } else {
                inner |= tokens[i] == LikeMatcher.ANY_CHARACTER || (i > 0 && i < tokens.length - 1);
            }
        }
        boolean open = tokens.length > 0 && tokens[0] == LikeMatcher.ANY_STRING;
        boolean openEnd = tokens.length > 0 && tokens[tokens.length - 1] == LikeMatcher.ANY_STRING;
        Form form;
        if (inner) {
            form = Form.GENERAL;
        } else if (open && openEnd) {
            form = literal.size() == 0 ? Form.PREFIX : Form.CONTAINS;
        } else if (open) {
            form = Form.SUFFIX;
        } else {
            form = openEnd ? Form.PREFIX : Form.EXACT;
        }
        return new LikePattern(form, literal.toByteArray(), tokens);
    }

    /** Whether the text from {@code start} to {@code end} matches. */
    boolean matches(byte[] bytes, int start, int end) {
        int length = literal.length;
        return switch (form) {
            case EXACT -> end - start == length && Arrays.equals(bytes, start, end, literal, 0, length);
            case PREFIX -> end - start >= length && Arrays.equals(bytes, start, start + length, literal, 0, length);
            case SUFFIX -> end - start >= length && Arrays.equals(bytes, end - length, end, literal, 0, length);
            case CONTAINS -> Utf8.indexOf(bytes, start, end, literal, 0, length) >= 0;
            case GENERAL -> matcher.matches(bytes, start, end);
        };
    }
}
