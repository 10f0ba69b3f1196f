package io.millrace.parser.ast;

import io.millrace.error.MillraceException;
import java.math.BigInteger;
import java.util.Locale;
import java.util.Map;
import org.apache.calcite.avatica.util.TimeUnit;
import org.apache.calcite.sql.SqlIntervalLiteral;
import org.apache.calcite.sql.SqlIntervalQualifier;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.parser.SqlParserPos;

/** Durations such as {@code 30s}: intervals of seconds with the smallest fractional precision that holds them. */
public final class Durations {
    private static final String UNITS_HINT = "The units are ms, s, m (minutes), h and d";
    private static final int LEADING_PRECISION = 10;
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
        BigInteger millis = new BigInteger(number).multiply(BigInteger.valueOf(factor));
        if (millis.compareTo(LIMIT_MILLIS) >= 0) {
            throw Positions.syntaxError("the duration \"" + image + "\" is out of range", null, position);
        }
        return interval(millis, position);
    }

    /** Refuses months and years, whose length is not fixed. */
    public static SqlNode checked(SqlNode interval) {
        SqlIntervalLiteral.IntervalValue value =
                ((SqlLiteral) interval).getValueAs(SqlIntervalLiteral.IntervalValue.class);
        if (value.getIntervalQualifier().isYearMonth()) {
            throw Positions.syntaxError(
                    "a duration cannot be counted in months or years", UNITS_HINT, interval.getParserPosition());
        }
        return interval;
    }

    /** The error for a bare number where a duration belongs. */
    public static MillraceException unitMissing(String number, SqlParserPos position) {
        return Positions.syntaxError(
                "the duration \"" + number + "\" has no unit", "Write " + number + "s for seconds. " + UNITS_HINT, position);
    }

    private static SqlIntervalLiteral interval(BigInteger millis, SqlParserPos position) {
        BigInteger[] parts = millis.divideAndRemainder(THOUSAND);
        int fraction = parts[1].intValue();
        String text = fraction == 0 ? parts[0].toString() : String.format(Locale.ROOT, "%d.%03d", parts[0], fraction);
        SqlIntervalQualifier qualifier = new SqlIntervalQualifier(
                TimeUnit.SECOND, LEADING_PRECISION, null, fraction == 0 ? 0 : 3, position);
        return SqlLiteral.createInterval(1, text, qualifier, position);
    }

    private static boolean isNumeric(char c) {
        return (c >= '0' && c <= '9') || c == '.';
    }
}
