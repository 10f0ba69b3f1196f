package io.millrace.parser;

/**
 * How much the text of a statement may have. All is counted before the parser sees it.
 *
 * @param statementLength in characters
 * @param nesting of parentheses, brackets and CASE
 * @param wordLength in characters, of a name or a number
 * @param operators of one expression: the parser's time grows with their square, and with them the depth of the tree
 * @param listItems between the commas of one pair of parentheses
 */
public record ParserLimits(int statementLength, int tokens, int nesting, int wordLength, int operators, int listItems) {
    public static final String STATEMENT_LENGTH = "limits.statement-length";
    public static final String TOKENS = "limits.tokens";
    public static final String NESTING = "limits.nesting";
    public static final String WORD_LENGTH = "limits.word-length";
    public static final String OPERATORS = "limits.operators";
    public static final String LIST_ITEMS = "limits.list-items";

    public static final ParserLimits DEFAULT = new ParserLimits(256 * 1024, 50_000, 200, 1_000, 2_000, 10_000);
}
