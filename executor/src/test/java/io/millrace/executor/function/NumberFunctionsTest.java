package io.millrace.executor.function;

import static io.millrace.executor.function.Expressions.*;
import static io.millrace.plan.ScalarFunction.*;

import io.millrace.error.ErrorCode;
import io.millrace.plan.Constant;
import io.millrace.plan.DataType;
import java.math.BigDecimal;
import org.junit.jupiter.api.Test;

class NumberFunctionsTest {
    private static Constant decimal(int precision, String value) {
        BigDecimal number = new BigDecimal(value);
        return constant(DataType.decimal(precision, number.scale()), number);
    }

    @Test
    void signsAreTakenAndChanged() {
        check(-5L, NEGATE, BIGINT, number(5));
        check(5L, ABS, BIGINT, number(-5));
        check(-1L, SIGN, BIGINT, number(-5));
        check(5.5, ABS, DOUBLE, number(-5.5));
        check(new BigDecimal("1.5"), ABS, DataType.decimal(38, 1), decimal(38, "-1.5"));
        check(new BigDecimal("-1.5"), NEGATE, DataType.decimal(5, 1), decimal(5, "1.5"));
        check(new BigDecimal("-1"), SIGN, DataType.decimal(5, 0), decimal(5, "-1.5"));
        checkError(ErrorCode.NUMERIC_OUT_OF_RANGE, NEGATE, BIGINT, number(Long.MIN_VALUE));
        checkError(ErrorCode.NUMERIC_OUT_OF_RANGE, ABS, TINYINT, constant(TINYINT, -128L));
    }

    @Test
    void roundingGoesToDigits() {
        check(2.0, ROUND, DOUBLE, number(1.5));
        check(-2.0, ROUND, DOUBLE, number(-1.5));
        check(0.0, ROUND, DOUBLE, number(0.49999999999999994));
        check(1.24, ROUND, DOUBLE, number(1.235), number(2));
        check(-1.0, TRUNCATE, DOUBLE, number(-1.9));
        check(1.2, TRUNCATE, DOUBLE, number(1.29), number(1));
        check(Double.NaN, ROUND, DOUBLE, number(Double.NaN), number(1));
        check(1300L, ROUND, BIGINT, number(1250), number(-2));
        check(1200L, TRUNCATE, BIGINT, number(1250), number(-2));
        check(1250L, ROUND, BIGINT, number(1250), number(2));
        check(0L, ROUND, BIGINT, number(1250), number(-30));
        check(new BigDecimal("1.30"), ROUND, DataType.decimal(5, 2), decimal(5, "1.25"), number(1));
        check(new BigDecimal("2"), CEIL, DataType.decimal(5, 0), decimal(5, "1.25"));
        check(new BigDecimal("-2"), FLOOR, DataType.decimal(38, 0), decimal(38, "-1.25"));
        check(new BigDecimal("-1"), CEIL, DataType.decimal(5, 0), decimal(5, "-1.25"));
        check(2.0, CEIL, DOUBLE, number(1.1));
        check(null, FLOOR, DOUBLE, constant(DOUBLE, null));
    }

    @Test
    void powersAndLogarithmsAreThoseOfJava() {
        check(8.0, POWER, DOUBLE, number(2), number(3.0));
        check(3.0, SQRT, DOUBLE, number(9.0));
        check(Double.NaN, SQRT, DOUBLE, number(-1.0));
        check(1.0, EXP, DOUBLE, number(0.0));
        checkError(ErrorCode.INVALID_LOGARITHM, LN, DOUBLE, number(0.0));
        check(3.0, LOG10, DOUBLE, number(1000));
    }

    @Test
    void divisionByZeroIsAnErrorForExactNumbersOnly() {
        check(-3L, DIVIDE, BIGINT, number(-7), number(2));
        check(-1L, MODULO, BIGINT, number(-7), number(2));
        check(Double.POSITIVE_INFINITY, DIVIDE, DOUBLE, number(1.0), number(0.0));
        check(Double.NaN, MODULO, DOUBLE, number(1.0), number(0.0));
        checkError(ErrorCode.DIVISION_BY_ZERO, DIVIDE, BIGINT, number(1), number(0));
        checkError(ErrorCode.DIVISION_BY_ZERO, MODULO, BIGINT, number(1), number(0));
        checkError(ErrorCode.DIVISION_BY_ZERO, DIVIDE, DataType.decimal(5, 2), decimal(5, "1.0"), decimal(5, "0.0"));
        checkError(ErrorCode.NUMERIC_OUT_OF_RANGE, DIVIDE, BIGINT, number(Long.MIN_VALUE), number(-1));
        check(null, DIVIDE, BIGINT, constant(BIGINT, null), number(0));
    }

    @Test
    void theTimeIsThatOfTheStep() {
        check(NOW - 456, CURRENT_TIMESTAMP, DataType.timestamp(3));
    }
}
