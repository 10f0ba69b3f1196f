package io.millrace.planner;

import io.millrace.error.MillraceException;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlTimestampLiteral;
import org.apache.calcite.util.TimestampString;

/** Reads the time of SINCE TIMESTAMP. */
final class SinceTime {
    private static final long MICROS_PER_MILLI = 1_000;
    private static final int FRACTION_DIGITS = 6;

    private SinceTime() {}

    /** In microseconds since the epoch. */
    static long micros(SqlNode argument) {
        if (!(argument instanceof SqlTimestampLiteral literal)) {
            throw MillraceException.notSupported("a time that is not a literal", Nodes.position(argument));
        }
        String text = literal.getValueAs(TimestampString.class).toString();
        int point = text.indexOf('.');
        String whole = point < 0 ? text : text.substring(0, point);
        String fraction = point < 0 ? "" : text.substring(point + 1);
        long micros = Long.parseLong((fraction + "000000").substring(0, FRACTION_DIGITS));
        return new TimestampString(whole).getMillisSinceEpoch() * MICROS_PER_MILLI + micros;
    }
}
