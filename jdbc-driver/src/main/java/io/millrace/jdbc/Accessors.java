package io.millrace.jdbc;

import java.sql.Types;
import java.util.Calendar;
import org.apache.calcite.avatica.ColumnMetaData;

/** Chooses how a column of a type is read. */
final class Accessors {
    /** JDBC has no types of intervals, so they are known by their names. */
    private static final String MONTHS = "INTERVAL_YEAR_TO_MONTH";

    private static final String MICROSECONDS = "INTERVAL_DAY_TO_SECOND";

    private Accessors() {}

    static ColumnAccessor create(RowPointer cursor, ColumnMetaData column, Calendar calendar) {
        int type = column.type.id;
        switch (type) {
            case Types.BOOLEAN:
            case Types.BIT:
                return new BooleanAccessor(cursor, column, calendar);
            case Types.REAL:
            case Types.FLOAT:
            case Types.DOUBLE:
                return new DoubleAccessor(cursor, column, calendar, type == Types.REAL);
            case Types.DECIMAL:
            case Types.NUMERIC:
                return new DecimalAccessor(cursor, column, calendar);
            case Types.CHAR:
            case Types.VARCHAR:
            case Types.LONGVARCHAR:
            case Types.NCHAR:
            case Types.NVARCHAR:
                return new TextAccessor(cursor, column, calendar);
            case Types.BINARY:
            case Types.VARBINARY:
            case Types.LONGVARBINARY:
                return new BinaryAccessor(cursor, column, calendar);
            case Types.ARRAY:
                return new ArrayAccessor(cursor, column, calendar);
            case Types.DATE:
                return new DateAccessor(cursor, column, calendar);
            case Types.TIME:
                return new TimeAccessor(cursor, column, calendar);
            case Types.TIMESTAMP:
                return new TimestampAccessor(cursor, column, calendar, false);
            case Types.TIMESTAMP_WITH_TIMEZONE:
                return new TimestampAccessor(cursor, column, calendar, true);
            default:
                boolean months = column.type.name.equals(MONTHS);
                if (months || column.type.name.equals(MICROSECONDS)) {
                    return new IntervalAccessor(cursor, column, calendar, months);
                }
                return new LongAccessor(cursor, column, calendar, type == Types.BIGINT);
        }
    }
}
