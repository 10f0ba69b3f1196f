package io.millrace.executor.function;

import com.google.re2j.Pattern;
import io.millrace.error.ErrorCode;
import io.millrace.error.MillraceException;

/** Translates the patterns of SIMILAR TO: % and _ as in LIKE, and | * + ? {n} ( ) [ ] as in regular expressions. */
final class SimilarPattern {
    private static final String QUANTIFIERS = "|*+?{}()";

    private SimilarPattern() {}

    /** @param escape a character, or empty for the backslash */
    static Pattern compile(String pattern, String escape) {
        if (escape.codePointCount(0, escape.length()) > 1) {
            throw new MillraceException(
                    ErrorCode.INVALID_ESCAPE, "invalid escape string \"" + EvaluationErrors.shortened(escape) + "\"");
        }
        int escapeCharacter = escape.isEmpty() ? '\\' : escape.codePointAt(0);
        StringBuilder regex = new StringBuilder();
        int[] characters = pattern.codePoints().toArray();
        boolean inClass = false;
        for (int i = 0; i < characters.length; i++) {
            int character = characters[i];
            if (character == escapeCharacter) {
                if (++i == characters.length) {
                    throw new MillraceException(
                            ErrorCode.INVALID_ESCAPE,
                            "the pattern of SIMILAR TO \"" + EvaluationErrors.shortened(pattern)
                                    + "\" ends with the escape character");
                }
                regex.append(Pattern.quote(Character.toString(characters[i])));
            } else if (inClass) {
                inClass = character != ']';
                regex.append(character == '\\' ? "\\\\" : Character.toString(character));
            } else if (character == '%') {
                regex.append(".*");
            } else if (character == '_') {
                regex.append('.');
            } else if (character == '[') {
                inClass = true;
                regex.append('[');
            } else if (QUANTIFIERS.indexOf(character) >= 0) {
                regex.appendCodePoint(character);
            } else {
                regex.append(Pattern.quote(Character.toString(character)));
            }
        }
        return RegexCompiler.compile(regex.toString(), Pattern.DOTALL);
    }
}
