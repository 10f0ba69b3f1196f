package io.millrace.parser;

import io.millrace.error.ErrorCode;
import io.millrace.error.Limit;
import io.millrace.error.MillraceException;
import io.millrace.error.SourcePosition;
import java.util.Locale;
import java.util.Set;

/**
 * Goes over a text once, before the parser: refuses what would cost the parser too much and a second statement, and
 * takes the semicolon away. Knows quotes and comments and nothing else of the grammar.
 */
final class StatementScanner {
    private static final Set<String> OPERATOR_WORDS =
            Set.of("AND", "OR", "NOT", "IS", "LIKE", "BETWEEN", "UNION", "INTERSECT", "EXCEPT", "MINUS", "JOIN");

    private final String sql;
    private final ParserLimits limits;

    /** Of the expression, and of the list, at each depth. */
    private final int[] operators;

    private final int[] items;

    private int at;
    private int tokens;
    private int depth;
    private int cases;
    private int end = -1;

    private StatementScanner(String sql, ParserLimits limits) {
        this.sql = sql;
        this.limits = limits;
        operators = new int[limits.nesting() + 1];
        items = new int[limits.nesting() + 1];
    }

    /** Returns the one statement of {@code sql}, without its semicolon. */
    static String statement(String sql, ParserLimits limits) {
        if (sql.length() > limits.statementLength()) {
            throw Limit.exceeded(
                    ErrorCode.PROGRAM_TOO_COMPLEX,
                    "the statement has " + sql.length() + " characters",
                    limits.statementLength(),
                    ParserLimits.STATEMENT_LENGTH,
                    null);
        }
        return new StatementScanner(sql, limits).scan();
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
                    .withHint("Send the statements one by one.");
        }
        if (++tokens > limits.tokens()) {
            throw tooMuch("the statement has too many tokens", limits.tokens(), ParserLimits.TOKENS);
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
        switch (c) {
            case '(', '[', '{' -> open();
            case ')', ']', '}' -> depth -= depth > 0 ? 1 : 0;
            case ',' -> item();
            default -> operator();
        }
    }

    private void open() {
        if (++depth > limits.nesting()) {
            throw tooMuch("the statement is nested too deeply", limits.nesting(), ParserLimits.NESTING);
        }
        operators[depth] = 0;
        items[depth] = 1;
    }

    /** The rows of an INSERT stand in no parentheses, and are as many as there are tokens for. */
    private void item() {
        operators[depth] = 0;
        if (depth > 0 && ++items[depth] > limits.listItems()) {
            throw tooMuch("a list has too many items", limits.listItems(), ParserLimits.LIST_ITEMS);
        }
    }

    private void operator() {
        if (++operators[depth] > limits.operators()) {
            throw tooMuch("an expression has too many operators", limits.operators(), ParserLimits.OPERATORS)
                    .withHint("Many values are compared with IN (…). " + Limit.hint(ParserLimits.OPERATORS));
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
        if (length > limits.wordLength()) {
            at = start;
            throw tooMuch(
                    "a name or number has " + length + " characters", limits.wordLength(), ParserLimits.WORD_LENGTH);
        }
        String word = sql.substring(start, at).toUpperCase(Locale.ROOT);
        if (OPERATOR_WORDS.contains(word)) {
            operator();
        } else if (word.equals("CASE")) {
            cases++;
            open();
        } else if (word.equals("END") && cases > 0) {
            cases--;
            depth -= depth > 0 ? 1 : 0;
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

    private MillraceException tooMuch(String what, int limit, String key) {
        return Limit.exceeded(ErrorCode.PROGRAM_TOO_COMPLEX, what, limit, key, position(at));
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
