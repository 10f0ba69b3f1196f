package io.millrace.server.avatica;

import io.millrace.error.ErrorCode;
import io.millrace.error.MillraceException;
import io.millrace.plan.DataType;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.DateTimeException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.apache.calcite.avatica.ColumnMetaData.Rep;
import org.apache.calcite.avatica.remote.TypedValue;
import org.jspecify.annotations.Nullable;

/** Turns the parameters that clients send into canonical values. A string is accepted for any type. */
final class ParameterValues {
    private ParameterValues() {}

    static List<@Nullable Object> row(List<DataType> types, @Nullable List<TypedValue> sent) {
        List<TypedValue> values = sent == null ? List.of() : sent;
        int given = values.size();
        if (given != types.size()) {
            throw new MillraceException(
                    ErrorCode.INVALID_PARAMETER,
                    "the statement has " + types.size() + " parameters, but " + given + " were given");
        }
        List<@Nullable Object> row = new ArrayList<>(given);
        for (int i = 0; i < given; i++) {
            row.add(canonical(i + 1, types.get(i), values.get(i)));
        }
        return row;
    }

    private static @Nullable Object canonical(int number, DataType type, @Nullable TypedValue given) {
        if (given == null || given.value == null) {
            return null;
        }
        Object value = given.value;
        try {
            if (given.type == Rep.BYTE_STRING && value instanceof String base64) {
                value = Base64.getDecoder().decode(base64);
            }
            Object canonical = canonical(type, given.type, value);
            if (canonical != null) {
                return canonical;
            }
        } catch (IllegalArgumentException | ArithmeticException | DateTimeException invalid) {
            throw new MillraceException(
                    type.isNumeric() && invalid instanceof ArithmeticException
                            ? ErrorCode.NUMERIC_OUT_OF_RANGE
                            : ErrorCode.INVALID_CAST,
                    "parameter " + number + " is not a valid " + type + ": " + text(value),
                    invalid);
        }
        throw new MillraceException(
                ErrorCode.TYPE_MISMATCH,
                "parameter " + number + " is of type " + type + ", for which " + given.type + " cannot be given");
    }

    private static String text(Object value) {
        String text = value instanceof byte[] bytes ? bytes.length + " bytes" : "\"" + value + "\"";
        return text.length() <= 100 ? text : text.substring(0, 100) + "…";
    }

    /** Null when the value's type does not fit. */
    private static @Nullable Object canonical(DataType type, Rep rep, Object value) {
        switch (type.kind()) {
            case BOOLEAN:
                return bool(value);
            case TINYINT:
                return integer(value, Byte.MIN_VALUE, Byte.MAX_VALUE);
            case SMALLINT:
                return integer(value, Short.MIN_VALUE, Short.MAX_VALUE);
            case INTEGER:
                return integer(value, Integer.MIN_VALUE, Integer.MAX_VALUE);
            case BIGINT:
            case INTERVAL_YEAR_MONTH:
                return integer(value, Long.MIN_VALUE, Long.MAX_VALUE);
            case REAL:
            case DOUBLE:
                return floating(type, value);
            case DECIMAL:
                return decimal(value);
            case VARBINARY:
                return value instanceof byte[] ? value : null;
            case CHAR:
            case VARCHAR:
            case NULL:
                return value instanceof byte[] ? null : value.toString();
            case ARRAY:
                return null;
            default:
                return TemporalParameters.canonical(type, rep, value);
        }
    }

    private static @Nullable Object bool(Object value) {
        if (value instanceof Boolean) {
            return value;
        }
        if (value instanceof Number number) {
            return number.doubleValue() != 0;
        }
        String text = value.toString().strip();
        if (text.equalsIgnoreCase("true") || text.equals("1")) {
            return true;
        }
        if (text.equalsIgnoreCase("false") || text.equals("0")) {
            return false;
        }
        throw new IllegalArgumentException(text);
    }

    private static @Nullable Object integer(Object value, long min, long max) {
        BigDecimal number = decimal(value);
        if (number == null) {
            return null;
        }
        long whole = number.longValueExact();
        if (whole < min || whole > max) {
            throw new ArithmeticException("out of range");
        }
        return whole;
    }

    private static @Nullable Object floating(DataType type, Object value) {
        double number;
        if (value instanceof Number given) {
            number = given.doubleValue();
        } else if (value instanceof String text) {
            number = Double.parseDouble(text.strip());
        } else {
            return null;
        }
        return type.kind() == DataType.Kind.REAL ? (double) (float) number : number;
    }

    private static @Nullable BigDecimal decimal(Object value) {
        if (value instanceof BigDecimal number) {
            return number;
        }
        if (value instanceof BigInteger number) {
            return new BigDecimal(number);
        }
        if (value instanceof Double || value instanceof Float) {
            return new BigDecimal(value.toString());
        }
        if (value instanceof Number number) {
            return BigDecimal.valueOf(number.longValue());
        }
        if (value instanceof Boolean flag) {
            return flag ? BigDecimal.ONE : BigDecimal.ZERO;
        }
        return value instanceof String text ? new BigDecimal(text.strip()) : null;
    }
}
