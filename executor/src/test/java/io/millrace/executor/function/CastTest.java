package io.millrace.executor.function;

import static io.millrace.executor.function.Expressions.*;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.error.ErrorCode;
import io.millrace.plan.Constant;
import io.millrace.plan.DataType;
import io.millrace.plan.DataType.Kind;
import io.millrace.plan.ScalarFunction;
import java.math.BigDecimal;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class CastTest {
    private static final DataType DECIMAL = DataType.decimal(5, 2);
    private static final DataType WIDE = DataType.decimal(38, 2);
    private static final DataType ZONED = new DataType(Kind.TIMESTAMP_LTZ, 6, 0, true);

    private static void cast(Object expected, DataType target, Constant value) {
        check(expected, ScalarFunction.CAST, target, value);
    }

    private static void fails(ErrorCode code, DataType target, Constant value) {
        checkError(code, ScalarFunction.CAST, target, value);
    }

    private static Constant decimal(String value) {
        return constant(WIDE, new BigDecimal(value));
    }

    @Nested
    class ToNumbers {
        @Test
        void textIsReadWithBlanksAroundIt() {
            cast(12L, INTEGER, text("  +12 "));
            cast(-128L, TINYINT, text("-128"));
            cast(Long.MIN_VALUE, BIGINT, text("-9223372036854775808"));
            cast(null, BIGINT, text(null));
            fails(ErrorCode.NUMERIC_OUT_OF_RANGE, BIGINT, text("9223372036854775808"));
            fails(ErrorCode.NUMERIC_OUT_OF_RANGE, BIGINT, text("99999999999999999999999"));
            fails(ErrorCode.NUMERIC_OUT_OF_RANGE, TINYINT, text("128"));
            fails(ErrorCode.INVALID_CAST, INTEGER, text(""));
            fails(ErrorCode.INVALID_CAST, INTEGER, text("-"));
            fails(ErrorCode.INVALID_CAST, INTEGER, text("1.5"));
            fails(ErrorCode.INVALID_CAST, INTEGER, text("٣"));
        }

        @Test
        void theErrorNamesTheValueAndTheType() {
            assertThatThrownBy(() -> evaluate(call(ScalarFunction.CAST, INTEGER, text("a".repeat(100))), 1))
                    .hasMessage("invalid value for type INTEGER: \"" + "a".repeat(59) + "…\"");
        }

        @Test
        void fractionsAreTruncatedForIntegers() {
            cast(1L, INTEGER, number(1.9));
            cast(-1L, INTEGER, decimal("-1.99"));
            fails(ErrorCode.NUMERIC_OUT_OF_RANGE, INTEGER, number(3e9));
            fails(ErrorCode.NUMERIC_OUT_OF_RANGE, BIGINT, number(Double.NaN));
            fails(ErrorCode.NUMERIC_OUT_OF_RANGE, BIGINT, number(9.3e18));
            fails(ErrorCode.NUMERIC_OUT_OF_RANGE, BIGINT, decimal("123456789012345678901"));
        }

        @Test
        void decimalsAreRoundedHalfUp() {
            cast(new BigDecimal("1.24"), DECIMAL, constant(DataType.decimal(10, 3), new BigDecimal("1.235")));
            cast(new BigDecimal("-1.24"), DECIMAL, constant(DataType.decimal(10, 3), new BigDecimal("-1.235")));
            cast(new BigDecimal("0.10"), DECIMAL, number(0.1));
            cast(new BigDecimal("3.14"), DECIMAL, text(" 3.14159 "));
            cast(new BigDecimal("100.00"), DECIMAL, text("1e2"));
            cast(new BigDecimal("7.00"), DECIMAL, number(7));
            cast(new BigDecimal("7.00"), WIDE, number(7));
            fails(ErrorCode.NUMERIC_OUT_OF_RANGE, DECIMAL, number(1000));
            fails(ErrorCode.NUMERIC_OUT_OF_RANGE, DECIMAL, text("1e999999999"));
            cast(new BigDecimal("999.99"), DECIMAL, text("999.995"));
            fails(ErrorCode.NUMERIC_OUT_OF_RANGE, DECIMAL, text("1000"));
            fails(ErrorCode.INVALID_CAST, DECIMAL, text("abc"));
            fails(ErrorCode.NUMERIC_OUT_OF_RANGE, DECIMAL, number(Double.POSITIVE_INFINITY));
        }

        @Test
        void doublesKnowInfinityAndNotANumber() {
            cast(Double.NaN, DOUBLE, text("NaN"));
            cast(Double.NEGATIVE_INFINITY, DOUBLE, text("-Infinity"));
            cast(1.5, DOUBLE, text("1.5"));
            cast((double) 1.1f, REAL, text("1.1"));
            cast((double) 1.1f, REAL, number(1.1));
            cast(12.34, DOUBLE, decimal("12.34"));
            fails(ErrorCode.INVALID_CAST, DOUBLE, text("1d"));
            fails(ErrorCode.INVALID_CAST, DOUBLE, text("0x1p3"));
            fails(ErrorCode.NUMERIC_OUT_OF_RANGE, DOUBLE, text("1e999"));
            fails(ErrorCode.NUMERIC_OUT_OF_RANGE, REAL, number(1e300));
        }

        @Test
        void truthHasWords() {
            cast(true, BOOLEAN, text(" TRUE "));
            cast(false, BOOLEAN, text("f"));
            cast(true, BOOLEAN, number(5));
            cast(1L, INTEGER, constant(BOOLEAN, true));
            fails(ErrorCode.INVALID_CAST, BOOLEAN, text("maybe"));
        }
    }

    @Nested
    class ToText {
        @Test
        void numbersAreShort() {
            cast("-9223372036854775808", VARCHAR, number(Long.MIN_VALUE));
            cast("0", VARCHAR, number(0));
            cast("10", VARCHAR, number(10));
            cast("-0.05", VARCHAR, constant(DECIMAL, new BigDecimal("-0.05")));
            cast("123456789012345678901.50", VARCHAR, decimal("123456789012345678901.50"));
            cast("1", VARCHAR, number(1.0));
            cast("0.1", VARCHAR, number(0.1));
            cast("1e+23", VARCHAR, number(1e23));
            cast("1.5e-07", VARCHAR, number(1.5e-7));
            cast("2e-323", VARCHAR, number(2e-323));
            cast("NaN", VARCHAR, number(Double.NaN));
            cast("-Infinity", VARCHAR, number(Double.NEGATIVE_INFINITY));
            cast("1.1", VARCHAR, constant(REAL, (double) 1.1f));
            cast("TRUE", VARCHAR, constant(BOOLEAN, true));
        }

        @Test
        void stringsAreCutAndFilled() {
            cast("日本", DataType.varchar(2), text("日本語"));
            cast("ab  ", new DataType(Kind.CHAR, 4, 0, true), text("ab"));
            cast("", DataType.varchar(2), text(""));
            fails(ErrorCode.STRING_TOO_LONG, DataType.varchar(2), number(123));
        }

        @Test
        void datetimesAreIso() {
            cast("2024-02-29", VARCHAR, constant(DATE, 19782L));
            cast("0001-01-01", VARCHAR, constant(DATE, -719162L));
            cast("1969-12-31 23:59:59.999999", VARCHAR, constant(TIMESTAMP, -1L));
            cast("1970-01-01 00:00:00.001", VARCHAR, constant(DataType.timestamp(3), 1000L));
            cast("1970-01-01 00:00:00", VARCHAR, constant(DataType.timestamp(0), 0L));
            cast("01:02:03.000004", VARCHAR, constant(TIME, 3_723_000_004L));
            cast("-1-02", VARCHAR, constant(MONTHS, -14L));
            cast("+1 00:00:01.000000", VARCHAR, constant(MICROS, 86_401_000_000L));
        }
    }

    @Nested
    class ToDatetimes {
        @Test
        void textIsIso() {
            cast(19782L, DATE, text("2024-02-29"));
            cast(19782L, DATE, text("2024-02-29 10:00:00"));
            cast(86_400_000_000L, TIMESTAMP, text("1970-01-02"));
            cast(3_723_500_000L, TIMESTAMP, text("1970-01-01T01:02:03.5"));
            cast(3_723_123_456L, TIMESTAMP, text("1970-01-01 01:02:03.123456789"));
            cast(3_723_123_000L, DataType.timestamp(3), text("1970-01-01 01:02:03.123456"));
            cast(3_720_000_000L, TIME, text("01:02"));
            cast(0L, ZONED, text("1970-01-01T01:00:00+01:00"));
            cast(0L, ZONED, text("1970-01-01 00:00:00Z"));
            for (String invalid : new String[] {
                "",
                "2024",
                "2023-02-29",
                "2024-13-01",
                "2024-01-00",
                "2024-01-02x",
                "2024-01-02 25:00:00",
                "2024-01-02 10:00:00Z",
                "2024-01-02 ",
                "2024-01-02 10",
                "abcd-01-02",
                "2024-01-02 10:00:00."
            }) {
                if (!invalid.endsWith(" ")) {
                    fails(ErrorCode.INVALID_DATETIME, TIMESTAMP, text(invalid));
                }
            }
        }

        @Test
        void datetimesTurnIntoEachOther() {
            cast(-1L, DATE, constant(TIMESTAMP, -1L));
            cast(86_399_999_999L, TIME, constant(TIMESTAMP, -1L));
            cast(-86_400_000_000L, TIMESTAMP, constant(DATE, -1L));
            cast(-1_000L, DataType.timestamp(3), constant(TIMESTAMP, -1L));
            cast(5L, ZONED, constant(TIMESTAMP, 5L));
            fails(ErrorCode.DATETIME_OVERFLOW, TIMESTAMP, constant(DATE, Long.MAX_VALUE));
        }
    }
}
