package io.millrace.parser;

import io.millrace.error.ErrorCode;
import io.millrace.error.MillraceException;
import io.millrace.error.SourcePosition;
import java.util.Locale;
import java.util.Set;

/**
 * Goes over a text once, before the parser: refuses what would cost the parser too much and a second statement, and
 * takes the semicolon away. Knows quotes and comments and nothing else of the grammar.
 */
final class StatementScanner {
    static final int MAX_LENGTH = 256 * 1024;
    static final int MAX_DEPTH = 200;
    static final int MAX_TOKENS = 50_000;
    static final int MAX_WORD_LENGTH = 1_000;

    /** In one expression: the parser's time grows with the square of it, and the depth of the tree with it. */
    static final int MAX_OPERATORS = 2_000;

    private static final Set<String> OPERATOR_WORDS =
            Set.of("AND", "OR", "NOT", "IS", "LIKE", "BETWEEN", "UNION", "INTERSECT", "EXCEPT", "MINUS", "JOIN");

    private final String sql;

    private final int[] operators = new int[MAX_DEPTH + 1];

    private int at;
    private int tokens;
    private int depth;
    private int end = -1;

    private StatementScanner(String sql) {
        this.sql = sql;
    }

    /** Returns the one statement of {@code sql}, without its semicolon. */
    static String statement(String sql) {
        if (sql.length() > MAX_LENGTH) {
            throw new MillraceException(
                    ErrorCode.PROGRAM_TOO_COMPLEX,
                    "the statement has " + sql.length() + " characters, more than the limit of " + MAX_LENGTH);
        }
        return new StatementScanner(sql).scan();
    }

    private String scan() {
        while (at < sql.length()) {
            char c = sql.charAt(at);
            if (Character.isWhitespace(c)) {
                at++;
            } else if (sql.startsWith("--", at) || sql.startsWith("//", at)) {
                skipLine();
            } else if (sql.startsWith("/*", at)) {
                skipComment();
            } else {
                token(c);
            }
        }
        if (tokens == 0) {
            throw new MillraceException(ErrorCode.SYNTAX_ERROR, "the statement is empty");
        }
        return end < 0 ? sql : sql.substring(0, end);
    }

    private void token(char c) {
        if (c == ';') {
            end = end < 0 ? at : end;
            at++;
            return;
        }
        if (end >= 0 && tokens > 0) {
            throw failure(ErrorCode.SYNTAX_ERROR, "there is more than one statement")
                    .withHint("Send the statements one by one");
        }
        if (++tokens > MAX_TOKENS) {
            throw failure(
                    ErrorCode.PROGRAM_TOO_COMPLEX,
                    "the statement has more than the limit of " + MAX_TOKENS + " tokens");
        }
        if (c == '\'' || c == '"') {
            skipQuoted(c);
        } else if (isEscaped(c)) {
            skipEscaped();
        } else if (isWordPart(c)) {
            skipWord();
        } else {
            symbol(c);
            at++;
        }
    }

    private void symbol(char c) {
        if (c == '(' && ++depth > MAX_DEPTH) {
            throw failure(
                    ErrorCode.PROGRAM_TOO_COMPLEX, "parentheses are nested deeper than the limit of " + MAX_DEPTH);
        }
        switch (c) {
            case '(', ',' -> operators[depth] = 0;
            case ')' -> depth -= depth > 0 ? 1 : 0;
            default -> operator();
        }
    }

    private void operator() {
        if (++operators[depth] > MAX_OPERATORS) {
            throw failure(
                            ErrorCode.PROGRAM_TOO_COMPLEX,
                            "an expression has more than the limit of " + MAX_OPERATORS + " operators")
                    .withHint("Many values are compared with IN (…)");
        }
    }

    /** A doubled quote inside reads as the end of one string and the beginning of the next, which comes to the same. */
    private void skipQuoted(char quote) {
        int close = sql.indexOf(quote, at + 1);
        if (close < 0) {
            throw failure(
                    ErrorCode.SYNTAX_ERROR,
                    quote == '"' ? "a quoted identifier is not closed" : "a string is not closed");
        }
        at = close + 1;
    }

    /** E'…' is a string in which a backslash takes the next character in. */
    private boolean isEscaped(char c) {
        return (c == 'E' || c == 'e') && sql.startsWith("'", at + 1);
    }

    private void skipEscaped() {
        int close = at + 2;
        while (close < sql.length() && sql.charAt(close) != '\'') {
            close += sql.charAt(close) == '\\' ? 2 : 1;
        }
        if (close >= sql.length()) {
            throw failure(ErrorCode.SYNTAX_ERROR, "a string is not closed");
        }
        at = close + 1;
    }

    private void skipWord() {
        int start = at;
        while (at < sql.length() && isWordPart(sql.charAt(at))) {
            at++;
        }
        int length = at - start;
        if (length > MAX_WORD_LENGTH) {
            at = start;
            throw failure(
                    ErrorCode.PROGRAM_TOO_COMPLEX,
                    "a name or number has " + length + " characters, more than the limit of " + MAX_WORD_LENGTH);
        }
        if (OPERATOR_WORDS.contains(sql.substring(start, at).toUpperCase(Locale.ROOT))) {
            operator();
        }
    }

    private void skipLine() {
        while (at < sql.length() && sql.charAt(at) != '\n' && sql.charAt(at) != '\r') {
            at++;
        }
    }

    private void skipComment() {
        int close = sql.indexOf("*/", at + 2);
        if (close < 0) {
            throw failure(ErrorCode.SYNTAX_ERROR, "a comment is not closed");
        }
        at = close + 2;
    }

    private MillraceException failure(ErrorCode code, String message) {
        return new MillraceException(code, message).at(position(at));
    }

    private SourcePosition position(int index) {
        int line = 1;
        int lineStart = 0;
        for (int i = 0; i < index; i++) {
            if (sql.charAt(i) == '\n') {
                line++;
                lineStart = i + 1;
            }
        }
        return new SourcePosition(line, index - lineStart + 1);
    }

    private static boolean isWordPart(char c) {
        return Character.isLetterOrDigit(c) || c == '_' || c == '$';
    }
}
