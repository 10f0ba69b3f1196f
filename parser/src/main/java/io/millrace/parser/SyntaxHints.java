package io.millrace.parser;

import io.millrace.parser.impl.MillraceParserImplConstants;
import io.millrace.parser.impl.ParseException;
import io.millrace.parser.impl.Token;
import org.jspecify.annotations.Nullable;

/** Advice for mistakes that are made often. */
final class SyntaxHints {
    private SyntaxHints() {}

    static @Nullable String hint(ParseException failure) {
        Token token = failure.currentToken.next;
        boolean isWord = Character.isLetter(failure.tokenImage[token.kind].charAt(1))
                && failure.tokenImage[token.kind].startsWith("\"");
        if (isWord && isOnlyNameExpected(failure)) {
            return "\"" + token.image + "\" is a reserved word; in double quotes it is a name";
        }
        return switch (token.kind) {
            case MillraceParserImplConstants.EMIT, MillraceParserImplConstants.SINCE ->
                "SINCE and EMIT stand once, at the end of the statement";
            case MillraceParserImplConstants.WINDOW ->
                "Windows follow the table that they divide: FROM t [AS a] WINDOW TUMBLE(30s)";
            default -> null;
        };
    }

    private static boolean isOnlyNameExpected(ParseException failure) {
        boolean isName = false;
        for (int[] sequence : failure.expectedTokenSequences) {
            isName |= sequence[0] == MillraceParserImplConstants.IDENTIFIER;
            if (sequence[0] == MillraceParserImplConstants.LPAREN
                    || sequence[0] == MillraceParserImplConstants.COMMA
                    || sequence[0] == MillraceParserImplConstants.EOF) {
                return false;
            }
        }
        return isName;
    }
}
