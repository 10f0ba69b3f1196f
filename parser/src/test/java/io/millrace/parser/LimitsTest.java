package io.millrace.parser;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.millrace.error.ErrorCode;
import io.millrace.error.MillraceException;
import org.junit.jupiter.api.Test;

class LimitsTest {
    @Test
    void refusesATextThatIsTooLong() {
        assertRefused("SELECT '" + "x".repeat(StatementScanner.MAX_LENGTH) + "'", "262144");
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
        assertRefused("SELECT " + "ARRAY[".repeat(15_000) + "1" + "]".repeat(15_000), "");
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
