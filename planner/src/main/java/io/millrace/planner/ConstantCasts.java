package io.millrace.planner;

import io.millrace.error.ErrorCode;
import io.millrace.error.MillraceException;
import io.millrace.plan.DataType;
import io.millrace.plan.DataType.Kind;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Converts canonical values (see {@link DataType}) between types, as the executor does when it runs a CAST. */
final class ConstantCasts {
    private static final long MICROS_PER_DAY = 86_400_000_000L;
    private static final long MICROS_PER_SECOND = 1_000_000L;
    private static final Pattern TIMESTAMP =
            Pattern.compile("(\\d{4}-\\d{1,2}-\\d{1,2})(?:[ T](\\d{1,2}:\\d{1,2}(?::\\d{1,2})?)(?:\\.(\\d{1,9}))?)?"
                    + "( ?(?:[Zz]|[+-]\\d{1,2}(?::?\\d{2})?))?");
    private static final Pattern INTEGER = Pattern.compile("[+-]?\\d{1,40}");

    private ConstantCasts() {}

    /** The converted value; null when a CAST at run time has to say what is wrong or the pair of types is rare. */
    static @Nullable Object convertOrNull(Object value, DataType from, DataType to) {
        try {
            return convert(value, from, to);
        } catch (MillraceException e) {
            return null;
        }
    }

    /** Fails with the code that CAST fails with; 42804 when there is no such cast. */
    static Object convert(Object value, DataType from, DataType to) {
        switch (to.kind()) {
            case BOOLEAN:
                return bool(value, to);
            case TINYINT:
            case SMALLINT:
            case INTEGER:
            case BIGINT:
                return integer(number(value, from, to), to);
            case REAL:
                return single(floating(value, from, to), to);
            case DOUBLE:
                return floating(value, from, to);
            case DECIMAL:
                return decimal(number(value, from, to), to);
            case CHAR:
            case VARCHAR:
                return string(value, from, to);
            case DATE:
                return date(value, from, to);
            case TIME:
                return time(value, from, to);
            case TIMESTAMP:
            case TIMESTAMP_LTZ:
                return timestamp(value, from, to);
            case VARBINARY:
                if (value instanceof byte[]) {
                    return value;
                }
                throw mismatch(from, to);
            default:
                if (from.kind() == to.kind() && !to.isArray()) {
                    return value;
                }
                throw mismatch(from, to);
        }
    }

    static boolean fits(long value, Kind kind) {
        switch (kind) {
            case TINYINT:
                return value == (byte) value;
            case SMALLINT:
                return value == (short) value;
            case INTEGER:
                return value == (int) value;
            default:
                return true;
        }
    }

    private static Object bool(Object value, DataType to) {
        if (value instanceof Boolean) {
            return value;
        }
        if (value instanceof String text) {
            switch (text.strip().toLowerCase(Locale.ROOT)) {
                case "true", "t", "yes", "y", "on", "1":
                    return true;
                case "false", "f", "no", "n", "off", "0":
                    return false;
                default:
                    throw invalid(text, to);
            }
        }
        throw mismatch(null, to);
    }

    private static BigDecimal number(Object value, DataType from, DataType to) {
        if (value instanceof BigDecimal number) {
            return number;
        }
        if (value instanceof Long number && from.isInteger()) {
            return BigDecimal.valueOf(number);
        }
        if (value instanceof Double number) {
            if (number.isNaN() || number.isInfinite()) {
                throw outOfRange(number, to);
            }
            return BigDecimal.valueOf(number);
        }
        if (value instanceof String text) {
            if (to.isInteger() && !INTEGER.matcher(text.strip()).matches()) {
                throw invalid(text, to);
            }
            return parseNumber(text, to);
        }
        throw mismatch(from, to);
    }

    private static BigDecimal parseNumber(String text, DataType to) {
        try {
            BigDecimal number = new BigDecimal(text.strip());
            if (Math.abs((long) number.scale()) > 400) {
                throw outOfRange(text, to);
            }
            return number;
        } catch (NumberFormatException e) {
            throw invalid(text, to);
        }
    }

    private static Object integer(BigDecimal number, DataType to) {
        BigDecimal whole = number.setScale(0, RoundingMode.DOWN);
        if (whole.precision() > 20 || whole.toBigInteger().bitLength() > 63 || !fits(whole.longValue(), to.kind())) {
            throw outOfRange(number, to);
        }
        return whole.longValue();
    }

    private static double floating(Object value, DataType from, DataType to) {
        if (value instanceof Double number) {
            return number;
        }
        if (value instanceof String text) {
            switch (text.strip().toLowerCase(Locale.ROOT)) {
                case "nan":
                    return Double.NaN;
                case "infinity", "inf", "+infinity", "+inf":
                    return Double.POSITIVE_INFINITY;
                case "-infinity", "-inf":
                    return Double.NEGATIVE_INFINITY;
                default:
            }
        }
        double number = number(value, from, to).doubleValue();
        if (Double.isInfinite(number)) {
            throw outOfRange(value, to);
        }
        return number;
    }

    private static double single(double value, DataType to) {
        if (Double.isFinite(value) && Float.isInfinite((float) value)) {
            throw outOfRange(value, to);
        }
        return (float) value;
    }

    private static Object decimal(BigDecimal number, DataType to) {
        BigDecimal scaled = number.setScale(to.scale(), RoundingMode.HALF_UP);
        if (scaled.precision() > to.precision()) {
            throw outOfRange(number, to);
        }
        return scaled;
    }

    private static Object string(Object value, DataType from, DataType to) {
        if (value instanceof String text) {
            int length = text.codePointCount(0, text.length());
            if (length <= to.precision()) {
                return to.kind() == Kind.CHAR ? text + " ".repeat(to.precision() - length) : text;
            }
            throw new MillraceException(
                    ErrorCode.STRING_TOO_LONG, "value too long for type " + to + ": \"" + text + "\"");
        }
        if (from.isInteger()) {
            return string(value.toString(), DataType.varchar(), to);
        }
        // the executor writes all else, so that there is one spelling of it
        throw mismatch(from, to);
    }

    private static Object date(Object value, DataType from, DataType to) {
        if (from.kind() == Kind.DATE) {
            return value;
        }
        if (from.isTimestamp()) {
            return Math.floorDiv((Long) value, MICROS_PER_DAY);
        }
        if (value instanceof String text) {
            return Math.floorDiv(parseTimestamp(text, to), MICROS_PER_DAY);
        }
        throw mismatch(from, to);
    }

    private static Object time(Object value, DataType from, DataType to) {
        if (from.kind() == Kind.TIME) {
            return truncate((Long) value, to);
        }
        if (from.isTimestamp()) {
            return truncate(Math.floorMod((Long) value, MICROS_PER_DAY), to);
        }
        if (value instanceof String text) {
            try {
                return truncate(LocalTime.parse(text.strip()).toNanoOfDay() / 1000, to);
            } catch (DateTimeException e) {
                throw invalidDatetime(text, to);
            }
        }
        throw mismatch(from, to);
    }

    private static Object timestamp(Object value, DataType from, DataType to) {
        if (from.isTimestamp()) {
            return truncate((Long) value, to);
        }
        if (from.kind() == Kind.DATE) {
            return Math.multiplyExact((Long) value, MICROS_PER_DAY);
        }
        if (value instanceof String text) {
            return truncate(parseTimestamp(text, to), to);
        }
        throw mismatch(from, to);
    }

    private static long truncate(long micros, DataType to) {
        long unit = 1;
        for (int i = to.precision(); i < DataType.MAX_TIME_PRECISION; i++) {
            unit *= 10;
        }
        return Math.floorDiv(micros, unit) * unit;
    }

    private static long parseTimestamp(String text, DataType to) {
        Matcher parts = TIMESTAMP.matcher(text.strip());
        if (!parts.matches() || (parts.group(4) != null && to.kind() != Kind.TIMESTAMP_LTZ)) {
            throw invalidDatetime(text, to);
        }
        try {
            String[] day = parts.group(1).split("-");
            LocalDate date = LocalDate.of(Integer.parseInt(day[0]), Integer.parseInt(day[1]), Integer.parseInt(day[2]));
            long seconds = 0;
            if (parts.group(2) != null) {
                String[] clock = parts.group(2).split(":");
                int second = clock.length > 2 ? Integer.parseInt(clock[2]) : 0;
                seconds = LocalTime.of(Integer.parseInt(clock[0]), Integer.parseInt(clock[1]), second)
                        .toSecondOfDay();
            }
            long fraction = parts.group(3) == null ? 0 : fraction(parts.group(3));
            seconds -= parts.group(4) == null
                    ? 0
                    : ZoneOffset.of(zone(parts.group(4))).getTotalSeconds();
            return (date.atStartOfDay().toEpochSecond(ZoneOffset.UTC) + seconds) * MICROS_PER_SECOND + fraction;
        } catch (DateTimeException e) {
            throw invalidDatetime(text, to);
        }
    }

    /** As {@link ZoneOffset} reads it. */
    private static String zone(String text) {
        String zone = text.strip().toUpperCase(Locale.ROOT);
        return zone.length() == 4 && zone.indexOf(':') < 0 ? zone.charAt(0) + "0" + zone.substring(1) : zone;
    }

    private static long fraction(String digits) {
        return Long.parseLong((digits + "000000").substring(0, 6));
    }

    private static MillraceException outOfRange(Object value, DataType to) {
        return new MillraceException(
                ErrorCode.NUMERIC_OUT_OF_RANGE, "value \"" + value + "\" is out of range for type " + to);
    }

    private static MillraceException invalid(String text, DataType to) {
        return new MillraceException(ErrorCode.INVALID_CAST, "invalid input for type " + to + ": \"" + text + "\"");
    }

    private static MillraceException invalidDatetime(String text, DataType to) {
        return new MillraceException(ErrorCode.INVALID_DATETIME, "invalid input for type " + to + ": \"" + text + "\"")
                .withHint("Write it like '2024-01-31 12:34:56.789'.");
    }

    private static MillraceException mismatch(@Nullable DataType from, DataType to) {
        return new MillraceException(
                ErrorCode.TYPE_MISMATCH,
                from == null
                        ? "cannot convert the value to type " + to
                        : "cannot convert type " + from + " to type " + to);
    }
}
