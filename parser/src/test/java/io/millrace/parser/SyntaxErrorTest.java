package io.millrace.parser;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.millrace.error.ErrorCode;
import io.millrace.error.MillraceException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SyntaxErrorTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "SELECT FROM t | line 1, column 8: unexpected \"FROM\", expected an expression",
                "SELECT * FROM | line 1, column 13: unexpected end of the statement, expected a name",
                "SELEC * FROM t | line 1, column 1: this is not a statement or query",
                "CREATE STREAM s (user INT) | \"user\" is a reserved word; in double quotes it is a name",
                "CREATE FOO x | line 1, column 8: unexpected \"FOO\", expected",
                "DROP USER i | expected \"MATERIALIZED\", \"SINK\", \"STREAM\", \"TABLE\", \"VIEW\"",
                "CREATE STREAM s (a INT | expected \")\", \",\"",
                "CREATE STREAM s (a INT, WATERMARK FOR a AS a, WATERMARK FOR a AS a) | WATERMARK is given twice",
                "CREATE TABLE s (a INT PRIMARY KEY, b INT PRIMARY KEY) | PRIMARY KEY is given twice",
                "CREATE STREAM s (WATERMARK FOR a AS a) | a stream or table needs a column",
                "SHOW FOO | line 1, column 6: unexpected \"FOO\", expected",
                "KILL 7 | unexpected \"7\", expected \"QUERY\"",
                "SELECT * FROM t EMIT | expected \"CHANGES\", \"EVERY\", \"FINAL\", \"ON\"",
                "SELECT * FROM t SINCE 5 | expected \"AFTER\", \"BEGINNING\", \"NOW\", \"TIMESTAMP\"",
                "SELECT * FROM t SINCE TIMESTAMP 'abc' | line 1, column 33: illegal TIMESTAMP literal 'abc'",
                "SELECT * FROM (SELECT * FROM t EMIT CHANGES) s | SINCE and EMIT stand once, at the end",
                "SELECT * FROM t WHERE a IN (SELECT b FROM u EMIT CHANGES) | column 45: SINCE and EMIT cannot stand in a sub-query",
                "SELECT a FROM t WINDOW HOP(30s) | HOP needs its argument SLIDE. It is written WINDOW HOP(size, slide)",
                "SELECT a FROM t WINDOW HOP(30, 10) | the duration \"30\" has no unit. Write 30s for seconds",
                "SELECT a FROM t WINDOW HOP(30x, 10s) | unknown unit \"x\"",
                "SELECT a FROM t WINDOW TUMBLE(30s, 10s) | line 1, column 36: too many arguments for TUMBLE",
                "SELECT a FROM t WINDOW HOP(30s, STEP => 10s) | HOP has no argument \"STEP\"",
                "SELECT a FROM t WINDOW HOP(SIZE => 30s, 10s) | positional arguments come before named ones",
                "SELECT a FROM t WINDOW HOP(SIZE => 30s, SIZE => 10s) | SIZE is given twice",
                "SELECT a FROM t WINDOW TUMBLE(1m ON a, ON b) | ON is given twice",
                "SELECT a FROM t WINDOW SLIDING(30s) | unknown window \"SLIDING\". The windows are TUMBLE, HOP",
                "SELECT a FROM t WINDOW TUMBLE(INTERVAL '1' MONTH) | cannot be counted in months or years",
                "SELECT a FROM t WINDOW TUMBLE(INTERVAL '0.0001' SECOND) | a whole number of milliseconds",
                "SELECT a FROM t WINDOW TUMBLE(INTERVAL 'x' SECOND) | \"x\" is not an interval",
                "SELECT 1; SELECT 2 | line 1, column 11: there is more than one statement",
                "SELECT 'abc | line 1, column 8: a string is not closed",
                "SELECT \"abc | line 1, column 8: a quoted identifier is not closed",
                "SELECT 1 /* x | line 1, column 10: a comment is not closed",
                "-- x | the statement is empty",
                "SELECT § FROM t | line 1, column 8: unexpected character \"\\u00a7\"",
                "SELECT ~ FROM t | line 1, column 8: unexpected \"~\", expected an expression",
            })
    void namesThePlaceAndWhatIsWrong(String sql, String message) {
        MillraceException failure = failure(sql);
        assertThat(failure.code()).isEqualTo(ErrorCode.SYNTAX_ERROR);
        assertThat(failure.getMessage()).contains(message).hasSizeLessThan(250);
    }

    @Test
    void countsLinesAndColumnsFromOneAndATabAsOne() {
        assertThat(failure("SELECT\n\ta,\n\tFROM t").position()).hasToString("line 3, column 2");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"SET a = 1 | SET OPTION is not supported", "CALL f(1) | PROCEDURE CALL is not supported"})
    void statementsOfCalciteThatMeanNothingHereAreNotSupported(String sql, String message) {
        MillraceException failure = failure(sql);
        assertThat(failure.code()).isEqualTo(ErrorCode.NOT_SUPPORTED);
        assertThat(failure.getMessage()).contains(message);
    }

    private static MillraceException failure(String sql) {
        return catchThrowableOfType(MillraceException.class, () -> StatementParser.parse(sql));
    }
}
