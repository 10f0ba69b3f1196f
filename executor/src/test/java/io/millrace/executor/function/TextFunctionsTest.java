package io.millrace.executor.function;

import static io.millrace.executor.function.Expressions.BIGINT;
import static io.millrace.executor.function.Expressions.BOOLEAN;
import static io.millrace.executor.function.Expressions.VARBINARY;
import static io.millrace.executor.function.Expressions.VARCHAR;
import static io.millrace.executor.function.Expressions.check;
import static io.millrace.executor.function.Expressions.checkError;
import static io.millrace.executor.function.Expressions.constant;
import static io.millrace.executor.function.Expressions.number;
import static io.millrace.plan.ScalarFunction.*;

import io.millrace.error.ErrorCode;
import io.millrace.plan.Constant;
import io.millrace.plan.DataType;
import io.millrace.plan.ScalarFunction;
import org.junit.jupiter.api.Test;

class TextFunctionsTest {
    private static void text(String expected, ScalarFunction function, Object... arguments) {
        check(expected, function, VARCHAR, constants(arguments));
    }

    private static Constant[] constants(Object... arguments) {
        Constant[] constants = new Constant[arguments.length];
        for (int i = 0; i < arguments.length; i++) {
            constants[i] =
                    arguments[i] instanceof Integer number ? number((long) number) : constant(VARCHAR, arguments[i]);
        }
        return constants;
    }

    @Test
    void caseIsChangedCharacterByCharacter() {
        text("ABC1", UPPER, "aBc1");
        text("ÄÖ日", UPPER, "äö日");
        text("STRASSE", UPPER, "straße");
        text("abc1", LOWER, "aBc1");
        text("äö日", LOWER, "ÄÖ日");
        text("Hello Wörld 1st", INITCAP, "hELLO wÖRLD 1ST");
        text("", UPPER, "");
        text(null, UPPER, new Object[] {null});
    }

    @Test
    void trimRemovesCharactersOfASet() {
        text("ab", TRIM, "  ab  ", " ");
        text("ab  ", LTRIM, "  ab  ", " ");
        text("  ab", RTRIM, "  ab  ", " ");
        text("b", TRIM, "xyäbäyx", "äxy");
        text("", TRIM, "xxx", "x");
        text("xxx", TRIM, "xxx", "");
        text(null, TRIM, "xxx", null);
    }

    @Test
    void lengthsCountCharactersOrBytes() {
        check(0L, CHAR_LENGTH, BIGINT, constants(""));
        check(3L, CHAR_LENGTH, BIGINT, constants("a日😀"));
        check(8L, OCTET_LENGTH, BIGINT, constants("a日😀"));
        check(20L, CHAR_LENGTH, BIGINT, constants("aaaaaaaaaaaaaaaaaaää"));
    }

    @Test
    void substringsBeginAtOne() {
        text("日b", SUBSTRING, "a日bc", 2, 2);
        text("日bc", SUBSTRING, "a日bc", 2);
        text("a", SUBSTRING, "a日bc", -1, 3);
        text("", SUBSTRING, "abc", 10, 2);
        text("", SUBSTRING, "abc", 2, 0);
        text("abc", SUBSTRING, "abc", 0);
        checkError(ErrorCode.INVALID_PARAMETER, SUBSTRING, VARCHAR, constants("abc", 1, -1));
        check("bc", SUBSTRING, VARCHAR, constant(VARCHAR, "abc"), number(2), number(Long.MAX_VALUE));
        check(new byte[] {2}, SUBSTRING, VARBINARY, constant(VARBINARY, new byte[] {1, 2, 3}), number(2), number(1));
    }

    @Test
    void endsAreTakenByCharacters() {
        text("a日", LEFT, "a日bc", 2);
        text("", LEFT, "abc", -1);
        text("bc", RIGHT, "a日bc", 2);
        text("abc", RIGHT, "abc", 9);
        text("", RIGHT, "abc", -2);
    }

    @Test
    void concatenationKnowsNulls() {
        text("abc", CONCAT, "a", "b", "c");
        text(null, CONCAT, "a", null);
        text("ac", CONCAT_SKIP_NULL, "a", null, "c");
        text("", CONCAT_SKIP_NULL, null, null);
    }

    @Test
    void positionsCountCharacters() {
        check(3L, POSITION, BIGINT, constants("b", "a日b"));
        check(0L, POSITION, BIGINT, constants("x", "abc"));
        check(1L, POSITION, BIGINT, constants("", "abc"));
        check(4L, POSITION, BIGINT, constants("a", "abca", 2));
        check(0L, POSITION, BIGINT, constants("a", "abc", 9));
        check(0L, POSITION, BIGINT, constants("a", "abc", 0));
    }

    @Test
    void textIsRewritten() {
        text("xbxb", REPLACE, "abab", "a", "x");
        text("abab", REPLACE, "abab", "", "x");
        text("bb", REPLACE, "abab", "a", "");
        text("zxay", TRANSLATE, "12a3-", "231-", "xyz");
        text("cba", REVERSE, "abc");
        text("😀日a", REVERSE, "a日😀");
        text("ababab", REPEAT, "ab", 3);
        text("", REPEAT, "ab", -3);
        checkError(ErrorCode.PROGRAM_LIMIT_EXCEEDED, REPEAT, VARCHAR, constants("ab", 2_000_000_000));
    }

    @Test
    void overlayReplacesCharacters() {
        text("aXYd", OVERLAY, "abcd", "XY", 2);
        text("aXYcd", OVERLAY, "abcd", "XY", 2, 1);
        text("日XYd", OVERLAY, "日bcd", "XY", 2, 2);
        text("abcdXY", OVERLAY, "abcd", "XY", 9);
        checkError(ErrorCode.INVALID_PARAMETER, OVERLAY, VARCHAR, constants("abc", "x", 0));
    }

    @Test
    void paddingFillsOrCuts() {
        text("  ab", LPAD, "ab", 4);
        text("xyxab", LPAD, "ab", 5, "xy");
        text("abxyx", RPAD, "ab", 5, "xy");
        text("日本", RPAD, "日本語", 2, "x");
        text("ab", LPAD, "ab", 5, "");
        text("", LPAD, "ab", -5, "x");
    }

    @Test
    void endsAndPartsAreFound() {
        check(true, STARTS_WITH, BOOLEAN, constants("abc", "ab"));
        check(false, STARTS_WITH, BOOLEAN, constants("a", "ab"));
        check(true, ENDS_WITH, BOOLEAN, constants("abc", "bc"));
        check(false, ENDS_WITH, BOOLEAN, constants("abc", "ab"));
        check(true, CONTAINS, BOOLEAN, constants("abc", "b"));
        check(true, CONTAINS, BOOLEAN, constants("abc", ""));
        check(false, CONTAINS, BOOLEAN, constants("abc", "ac"));
        check(null, CONTAINS, BOOLEAN, constants("abc", null));
    }

    @Test
    void charactersHaveNumbers() {
        check(0L, ASCII, BIGINT, constants(""));
        check(0x65E5L, ASCII, BIGINT, constants("日本"));
        text("日", CHR, 0x65E5);
        checkError(ErrorCode.INVALID_PARAMETER, CHR, VARCHAR, constants(0));
        checkError(ErrorCode.INVALID_PARAMETER, CHR, VARCHAR, constants(0xD800));
    }

    @Test
    void partsAreCountedFromEitherEnd() {
        text("b", SPLIT_PART, "a,b,c", ",", 2);
        text("c", SPLIT_PART, "a,b,c", ",", -1);
        text("a", SPLIT_PART, "a,b,c", ",", -3);
        text("", SPLIT_PART, "a,b,c", ",", -4);
        text("", SPLIT_PART, "a,b,c", ",", 4);
        text("abc", SPLIT_PART, "abc", "", 1);
        text("", SPLIT_PART, "a", ",", 0);
    }

    @Test
    void extremesCompareAllKinds() {
        text("b", GREATEST, "a", "b");
        text("a", GREATEST, "a", null);
        check(-3L, LEAST, BIGINT, number(2), number(-3), number(7));
        check(Double.NaN, GREATEST, Expressions.DOUBLE, number(Double.NaN), number(1.0));
        DataType wide = DataType.decimal(30, 1);
        check(
                new java.math.BigDecimal("123456789012345678901.5"),
                GREATEST,
                wide,
                constant(wide, new java.math.BigDecimal("123456789012345678901.5")),
                constant(wide, new java.math.BigDecimal("-1.5")));
    }
}
