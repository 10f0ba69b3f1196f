package io.millrace.parser;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.millrace.error.ErrorCode;
import io.millrace.error.MillraceException;
import org.junit.jupiter.api.Test;

class LimitsTest {
    @Test
    void refusesATextThatIsTooLong() {
        assertRefused("SELECT '" + "x".repeat(ParserLimits.DEFAULT.statementLength()) + "'", "262144");
    }

    @Test
    void refusesParenthesesThatAreNestedTooDeeply() {
        assertThat(StatementParser.parse("SELECT " + "(".repeat(200) + "1" + ")".repeat(200)))
                .isNotNull();
        assertRefused("SELECT " + "(".repeat(201) + "1" + ")".repeat(201), "200");
    }

    @Test
    void refusesTooManyTokens() {
        assertThat(StatementParser.parse("SELECT 1" + ", 1".repeat(20_000))).isNotNull();
        assertRefused("SELECT 1" + ", 1".repeat(25_000), "50000");
    }

    @Test
    void refusesLongChainsOfOperators() {
        assertThat(StatementParser.parse("SELECT 1" + " + 1".repeat(500))).isNotNull();
        assertRefused("SELECT * FROM t WHERE a = 1" + " OR a = 1".repeat(2_000), "2000");
        assertRefused("SELECT " + "NOT ".repeat(20_000) + "a", "2000");
        assertRefused("SELECT a" + ".a".repeat(20_000), "2000");
    }

    @Test
    void refusesNumbersWithThousandsOfDigits() {
        assertRefused("SELECT " + "9".repeat(100_000), "1000");
    }

    @Test
    void refusesWhatWouldOverflowTheStack() {
        assertRefused("SELECT " + "ARRAY[".repeat(15_000) + "1" + "]".repeat(15_000), "limits.nesting");
        assertRefused("SELECT " + "CASE WHEN a THEN 1 ELSE ".repeat(5_000), "limits.nesting");
    }

    @Test
    void refusesLongListsButNotLongInserts() {
        assertRefused("SELECT * FROM t WHERE a IN (0" + ", 1".repeat(10_000) + ")", "limits.list-items");
        assertThat(StatementParser.parse("INSERT INTO t VALUES (1)" + ", (1)".repeat(12_000)))
                .isNotNull();
    }

    @Test
    void caseIsAsDeepAsParenthesesAndEndsWithEnd() {
        String flat = "CASE WHEN a THEN 1 END";
        assertThat(StatementParser.parse("SELECT " + flat + (", " + flat).repeat(300)))
                .isNotNull();
    }

    @Test
    void namesTheSettingAndThePlace() {
        MillraceException failure = catchThrowableOfType(
                MillraceException.class,
                () -> StatementParser.parse("SELECT\n1, 2", new ParserLimits(100, 3, 10, 10, 10, 10)));
        assertThat(failure)
                .hasMessage("line 2, column 4: the statement has too many tokens, more than the limit of 3. "
                        + "The setting limits.tokens of the server allows more.");
    }

    @Test
    void knowsQuotesAndComments() {
        assertThat(StatementParser.parse(
                                "SELECT ';(' /* ; ( ' */, 'it''s;', E'a\\';b', \"a;\" FROM t -- ; '\n;  -- end")
                        .kind())
                .isEqualTo(ParsedStatement.Kind.QUERY);
        assertThat(StatementParser.parse("SELECT 1;;").kind()).isEqualTo(ParsedStatement.Kind.QUERY);
    }

    private static void assertRefused(String sql, String limit) {
        MillraceException failure = catchThrowableOfType(MillraceException.class, () -> StatementParser.parse(sql));
        assertThat(failure.code()).isEqualTo(ErrorCode.PROGRAM_TOO_COMPLEX);
        assertThat(failure.getMessage()).contains(limit);
    }
}
