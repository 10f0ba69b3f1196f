package io.millrace.planner;

import io.millrace.error.MillraceException;
import io.millrace.plan.Constant;
import io.millrace.plan.DataType;
import io.millrace.plan.DataType.Kind;
import java.math.BigDecimal;
import java.util.Objects;
import org.apache.calcite.avatica.util.ByteString;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.util.DateString;
import org.apache.calcite.util.NlsString;
import org.apache.calcite.util.TimeString;
import org.apache.calcite.util.TimestampString;

/** Calcite's literals as constants. */
final class Literals {
    private static final long MICROS_PER_MILLI = 1000;

    private Literals() {}

    static Constant constant(RexLiteral literal) {
        DataType type = ExpressionTranslator.resultType(literal.getType());
        if (literal.isNull()) {
            return new Constant(null, type.withNullable(true));
        }
        return new Constant(
                value(literal, type),
                type.kind() == Kind.VARCHAR ? DataType.varchar().notNull() : type);
    }

    private static Object value(RexLiteral literal, DataType type) {
        switch (type.kind()) {
            case BOOLEAN:
                return RexLiteral.booleanValue(literal);
            case TINYINT:
            case SMALLINT:
            case INTEGER:
            case BIGINT:
                return number(literal).longValueExact();
            case REAL:
            case DOUBLE:
                return ConstantCasts.convert(
                        number(literal), DataType.decimal(DataType.MAX_DECIMAL_PRECISION, 0), type);
            case DECIMAL:
                return number(literal).setScale(type.scale());
            case VARCHAR:
                return Objects.requireNonNull(literal.getValueAs(NlsString.class))
                        .getValue();
            case VARBINARY:
                return Objects.requireNonNull(literal.getValueAs(ByteString.class))
                        .getBytes();
            case DATE:
                return (long) Objects.requireNonNull(literal.getValueAs(DateString.class))
                        .getDaysSinceEpoch();
            case TIME:
                return micros(Objects.requireNonNull(literal.getValueAs(TimeString.class)));
            case TIMESTAMP:
            case TIMESTAMP_LTZ:
                return micros(Objects.requireNonNull(literal.getValueAs(TimestampString.class))
                        .toString());
            case INTERVAL_YEAR_MONTH:
                return number(literal).longValueExact();
            case INTERVAL_DAY_TIME:
                return number(literal).longValueExact() * MICROS_PER_MILLI;
            default:
                throw MillraceException.notSupported("a literal of type " + type, null);
        }
    }

    private static BigDecimal number(RexLiteral literal) {
        return Objects.requireNonNull(literal.getValueAs(BigDecimal.class));
    }

    private static long micros(TimeString time) {
        String text = time.toString();
        int point = text.indexOf('.');
        return time.getMillisOfDay() / 1000 * 1_000_000L + (point < 0 ? 0 : fraction(text.substring(point + 1)));
    }

    static long micros(String timestamp) {
        int point = timestamp.indexOf('.');
        TimestampString seconds = new TimestampString(point < 0 ? timestamp : timestamp.substring(0, point));
        return seconds.getMillisSinceEpoch() * MICROS_PER_MILLI
                + (point < 0 ? 0 : fraction(timestamp.substring(point + 1)));
    }

    private static long fraction(String digits) {
        return Long.parseLong((digits + "000000").substring(0, 6));
    }
}
