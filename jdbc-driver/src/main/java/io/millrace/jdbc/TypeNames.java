package io.millrace.jdbc;

import java.math.BigDecimal;
import java.sql.Array;
import java.sql.Date;
import java.sql.Time;
import java.sql.Timestamp;
import java.sql.Types;
import java.time.OffsetDateTime;

/** How types are called in SQL and in Java. */
final class TypeNames {
    private TypeNames() {}

    /** The name in SQL of a type whose name on the wire has no blanks. */
    static String sql(String name) {
        return name.replace('_', ' ');
    }

    /** The class that {@code getObject} gives. */
    static Class<?> javaClass(int type) {
        switch (type) {
            case Types.BOOLEAN:
                return Boolean.class;
            case Types.TINYINT:
            case Types.SMALLINT:
            case Types.INTEGER:
                return Integer.class;
            case Types.BIGINT:
                return Long.class;
            case Types.REAL:
                return Float.class;
            case Types.FLOAT:
            case Types.DOUBLE:
                return Double.class;
            case Types.DECIMAL:
            case Types.NUMERIC:
                return BigDecimal.class;
            case Types.BINARY:
            case Types.VARBINARY:
                return byte[].class;
            case Types.ARRAY:
                return Array.class;
            case Types.DATE:
                return Date.class;
            case Types.TIME:
                return Time.class;
            case Types.TIMESTAMP:
                return Timestamp.class;
            case Types.TIMESTAMP_WITH_TIMEZONE:
                return OffsetDateTime.class;
            default:
                return String.class;
        }
    }
}
