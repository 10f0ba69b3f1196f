package io.millrace.parser;

import io.millrace.error.ErrorCode;
import io.millrace.error.MillraceException;
import io.millrace.parser.impl.MillraceParserImpl;
import org.apache.calcite.avatica.util.Casing;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.parser.SqlAbstractParserImpl;
import org.apache.calcite.util.SourceStringReader;

/** Reads SQL texts; safe for any number of threads. */
public final class StatementParser {
    private static final int IDENTIFIER_MAX_LENGTH = 128;

    private StatementParser() {}

    /** Reads one statement, with or without a semicolon after it. */
    public static ParsedStatement parse(String sql) {
        return parse(sql, ParserLimits.DEFAULT);
    }

    /** Reads one statement, with or without a semicolon after it, unless it exceeds the limits. */
    public static ParsedStatement parse(String sql, ParserLimits limits) {
        SqlNode node = run(sql, limits, SqlAbstractParserImpl::parseSqlStmtEof);
        return new ParsedStatement(sql, node, StatementKinds.of(node));
    }

    /** Reads one expression. */
    public static SqlNode parseExpression(String sql) {
        return run(sql, ParserLimits.DEFAULT, SqlAbstractParserImpl::parseSqlExpressionEof);
    }

    private static SqlNode run(String sql, ParserLimits limits, Production production) {
        String statement = StatementScanner.statement(sql, limits);
        try {
            SqlNode node = production.parse(parser(statement));
            TreeSize.check(node, limits);
            ContinuousClauses.check(node);
            return node;
        } catch (MillraceException e) {
            throw e;
        } catch (StackOverflowError e) {
            throw new MillraceException(ErrorCode.PROGRAM_TOO_COMPLEX, "the statement is nested too deeply", e);
        } catch (Exception | Error e) {
            throw SyntaxErrors.translate(e);
        }
    }

    private static SqlAbstractParserImpl parser(String sql) {
        SqlAbstractParserImpl parser = MillraceParserImpl.FACTORY.getParser(new SourceStringReader(sql));
        parser.setTabSize(1);
        parser.setQuotedCasing(Casing.UNCHANGED);
        parser.setUnquotedCasing(Casing.UNCHANGED);
        parser.setIdentifierMaxLength(IDENTIFIER_MAX_LENGTH);
        parser.setConformance(MillraceConformance.INSTANCE);
        parser.switchTo(SqlAbstractParserImpl.LexicalState.DQID);
        return parser;
    }

    /** A start symbol of the grammar. */
    private interface Production {
        SqlNode parse(SqlAbstractParserImpl parser) throws Exception;
    }
}
