package io.millrace.parser;

import io.millrace.parser.impl.MillraceParserImplConstants;
import io.millrace.parser.impl.Token;
import org.jspecify.annotations.Nullable;

/** Advice for the mistakes that are made often. */
final class SyntaxHints {
    private SyntaxHints() {}

    static @Nullable String hint(Token previous, Token unexpected) {
        if (unexpected.kind == MillraceParserImplConstants.EMIT || unexpected.kind == MillraceParserImplConstants.SINCE) {
            return "SINCE and EMIT stand once, at the end of the statement";
        }
        return null;
    }
}
