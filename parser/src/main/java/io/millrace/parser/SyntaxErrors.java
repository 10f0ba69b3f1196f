package io.millrace.parser;

import io.millrace.error.ErrorCode;
import io.millrace.error.MillraceException;
import io.millrace.error.SourcePosition;
import io.millrace.parser.impl.ParseException;
import io.millrace.parser.impl.Token;
import io.millrace.parser.impl.TokenMgrError;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.calcite.runtime.CalciteContextException;
import org.apache.calcite.runtime.CalciteException;
import org.jspecify.annotations.Nullable;

/** Turns what the generated parser throws into short errors with a place. */
final class SyntaxErrors {
    private static final Pattern LEXICAL =
            Pattern.compile("Lexical error at line (\\d+), column (\\d+)\\.\\s+Encountered: \"([^\"]*)\"");

    private SyntaxErrors() {}

    static MillraceException translate(Throwable failure) {
        if (failure instanceof ParseException e && e.currentToken != null) {
            return unexpected(e);
        }
        if (failure instanceof TokenMgrError e) {
            return lexical(e);
        }
        if (failure instanceof CalciteContextException e) {
            Throwable reason = e.getCause() == null ? e : e.getCause();
            SourcePosition position = e.getPosLine() < 1 ? null : new SourcePosition(e.getPosLine(), e.getPosColumn());
            return error(message(reason), null, position, e);
        }
        if (failure instanceof ParseException || failure instanceof CalciteException) {
            return error(message(failure), null, null, failure);
        }
        if (failure instanceof VirtualMachineError e) {
            throw e;
        }
        return new MillraceException(
                ErrorCode.INTERNAL_ERROR, "internal error: the parser failed: " + failure, failure);
    }

    private static MillraceException unexpected(ParseException e) {
        Token token = e.currentToken.next;
        SourcePosition position = new SourcePosition(token.beginLine, token.beginColumn);
        String found = token.kind == 0 ? "unexpected end of the statement" : "unexpected \"" + token.image + "\"";
        return error(found + ExpectedTokens.describe(e), SyntaxHints.hint(e), position, e);
    }

    private static MillraceException lexical(TokenMgrError e) {
        Matcher matcher = LEXICAL.matcher(String.valueOf(e.getMessage()));
        if (!matcher.find()) {
            return error("the text cannot be read", null, null, e);
        }
        SourcePosition position =
                new SourcePosition(Integer.parseInt(matcher.group(1)), Integer.parseInt(matcher.group(2)));
        return error("unexpected character \"" + matcher.group(3) + "\"", null, position, e);
    }

    private static String message(Throwable reason) {
        String message = String.valueOf(reason.getMessage());
        if (message.startsWith("Non-query expression")) {
            return "this is not a statement or query";
        }
        if (message.startsWith("Query expression")) {
            return "a query cannot stand here";
        }
        boolean isSentence = message.length() > 1 && Character.isLowerCase(message.charAt(1));
        return isSentence ? Character.toLowerCase(message.charAt(0)) + message.substring(1) : message;
    }

    private static MillraceException error(
            String message, @Nullable String hint, @Nullable SourcePosition position, Throwable cause) {
        return new MillraceException(ErrorCode.SYNTAX_ERROR, message, hint, position, cause);
    }
}
