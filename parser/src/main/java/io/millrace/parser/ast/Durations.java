package io.millrace.parser.ast;

import io.millrace.error.MillraceException;
import java.math.BigInteger;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.apache.calcite.avatica.util.TimeUnit;
import org.apache.calcite.sql.SqlIntervalLiteral;
import org.apache.calcite.sql.SqlIntervalLiteral.IntervalValue;
import org.apache.calcite.sql.SqlIntervalQualifier;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.parser.SqlParserUtil;

/** Durations such as {@code 30s}: intervals of seconds with the smallest fractional precision that holds them. */
public final class Durations {
    private static final String UNITS_HINT = "The units are ms, s, m (minutes), h and d";
    private static final int LEADING_PRECISION = 10;
    private static final int FRACTION_PRECISION = 3;
    private static final int MAX_DIGITS = 18;
    private static final Pattern FINER_THAN_MILLIS = Pattern.compile("\\.[0-9]{3}[0-9]*[1-9]");
    private static final BigInteger THOUSAND = BigInteger.valueOf(1000);
    private static final BigInteger LIMIT_MILLIS = BigInteger.TEN.pow(LEADING_PRECISION + 3);
    private static final Map<String, Long> MILLIS =
            Map.of("ms", 1L, "s", 1_000L, "m", 60_000L, "h", 3_600_000L, "d", 86_400_000L);

    private Durations() {}

    /** Reads the token {@code image}: digits, then a unit. */
    public static SqlIntervalLiteral literal(String image, SqlParserPos position) {
        int unitStart = 0;
        while (isNumeric(image.charAt(unitStart))) {
            unitStart++;
        }
        String number = image.substring(0, unitStart);
        String unit = image.substring(unitStart);
        Long factor = MILLIS.get(unit.toLowerCase(Locale.ROOT));
        if (factor == null) {
            throw Positions.syntaxError(
                    "unknown unit \"" + unit + "\" in the duration \"" + image + "\"", UNITS_HINT, position);
        }
        if (number.indexOf('.') >= 0) {
            throw Positions.syntaxError(
                    "the duration \"" + image + "\" is not a whole number",
                    "Write it in a smaller unit, such as 1500ms",
                    position);
        }
        BigInteger millis = number.length() > MAX_DIGITS
                ? LIMIT_MILLIS
                : new BigInteger(number).multiply(BigInteger.valueOf(factor));
        if (millis.compareTo(LIMIT_MILLIS) >= 0) {
            throw Positions.syntaxError("the duration \"" + image + "\" is out of range", null, position);
        }
        return interval(millis, position);
    }

    /** Turns an interval literal into the form that {@link #literal} gives; months and years have no fixed length. */
    public static SqlIntervalLiteral normalized(SqlNode literal) {
        SqlParserPos position = literal.getParserPosition();
        IntervalValue value = ((SqlLiteral) literal).getValueAs(IntervalValue.class);
        SqlIntervalQualifier qualifier = value.getIntervalQualifier();
        if (qualifier.isYearMonth()) {
            throw Positions.syntaxError("a duration cannot be counted in months or years", UNITS_HINT, position);
        }
        if (FINER_THAN_MILLIS.matcher(value.getIntervalLiteral()).find()) {
            throw Positions.syntaxError("a duration is a whole number of milliseconds", null, position);
        }
        SqlIntervalQualifier wide = new SqlIntervalQualifier(
                qualifier.timeUnitRange.startUnit,
                LEADING_PRECISION,
                qualifier.timeUnitRange.endUnit,
                qualifier.getFractionalSecondPrecisionPreservingDefault(),
                position);
        SqlIntervalLiteral same =
                SqlLiteral.createInterval(value.getSign(), value.getIntervalLiteral(), wide, position);
        return interval(BigInteger.valueOf(millis(same)), position);
    }

    /** The length of an interval literal of days or less, in milliseconds. */
    public static long millis(SqlNode literal) {
        IntervalValue value = ((SqlLiteral) literal).getValueAs(IntervalValue.class);
        try {
            return SqlParserUtil.intervalToMillis(value);
        } catch (RuntimeException e) { // Calcite wraps what it finds wrong, in two ways
            throw Positions.syntaxError(
                    "\"" + value.getIntervalLiteral() + "\" is not an interval of the unit "
                            + value.getIntervalQualifier(),
                    null,
                    literal.getParserPosition());
        }
    }

    /** The error for a bare number where a duration belongs. */
    public static MillraceException unitMissing(String number, SqlParserPos position) {
        return Positions.syntaxError(
                "the duration \"" + number + "\" has no unit",
                "Write " + number + "s for seconds. " + UNITS_HINT,
                position);
    }

    private static SqlIntervalLiteral interval(BigInteger millis, SqlParserPos position) {
        BigInteger[] parts = millis.abs().divideAndRemainder(THOUSAND);
        int fraction = parts[1].intValue();
        String text = fraction == 0 ? parts[0].toString() : String.format(Locale.ROOT, "%d.%03d", parts[0], fraction);
        SqlIntervalQualifier qualifier = new SqlIntervalQualifier(
                TimeUnit.SECOND, LEADING_PRECISION, null, fraction == 0 ? 0 : FRACTION_PRECISION, position);
        return SqlLiteral.createInterval(millis.signum() < 0 ? -1 : 1, text, qualifier, position);
    }

    private static boolean isNumeric(char c) {
        return (c >= '0' && c <= '9') || c == '.';
    }
}
