package io.millrace.executor.function;

import io.millrace.error.ErrorCode;
import io.millrace.error.MillraceException;
import io.millrace.plan.DataType;
import io.millrace.plan.DataType.Kind;

/** The errors that values raise. */
final class EvaluationErrors {
    private static final int MAX_QUOTED = 60;

    private EvaluationErrors() {}

    static MillraceException outOfRange(DataType type) {
        return new MillraceException(ErrorCode.NUMERIC_OUT_OF_RANGE, "value out of range for type " + type);
    }

    static MillraceException outOfRange(Object value, DataType type) {
        return new MillraceException(
                ErrorCode.NUMERIC_OUT_OF_RANGE,
                "value \"" + shortened(String.valueOf(value)) + "\" is out of range for type " + type);
    }

    static MillraceException datetimeOutOfRange(DataType type) {
        return new MillraceException(ErrorCode.DATETIME_OVERFLOW, "value out of range for type " + type);
    }

    static MillraceException divisionByZero() {
        return new MillraceException(ErrorCode.DIVISION_BY_ZERO, "division by zero");
    }

    static MillraceException noLogarithm(double value) {
        return new MillraceException(
                ErrorCode.INVALID_LOGARITHM,
                "cannot take the logarithm of " + (value == 0 ? "zero" : "a negative number"));
    }

    static MillraceException undefined(String function, double value) {
        return new MillraceException(
                ErrorCode.NUMERIC_OUT_OF_RANGE, function + " is not defined for " + TextNumbers.format(value, false));
    }

    static MillraceException invalidText(String text, DataType type) {
        boolean isDatetime = type.isTimestamp() || type.kind() == Kind.DATE || type.kind() == Kind.TIME;
        return new MillraceException(
                isDatetime ? ErrorCode.INVALID_DATETIME : ErrorCode.INVALID_CAST,
                "invalid value for type " + type + ": \"" + shortened(text) + "\"");
    }

    static MillraceException invalidArgument(String message) {
        return new MillraceException(ErrorCode.INVALID_PARAMETER, message);
    }

    static MillraceException textTooLong() {
        return new MillraceException(
                ErrorCode.PROGRAM_LIMIT_EXCEEDED,
                "a string value exceeds the limit of " + (TextBuffer.MAX_VALUE >> 20) + " MB");
    }

    /** The text in at most 60 characters. */
    static String shortened(String text) {
        return text.length() <= MAX_QUOTED ? text : text.substring(0, MAX_QUOTED - 1) + "…";
    }
}
