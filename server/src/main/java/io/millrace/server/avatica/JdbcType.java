package io.millrace.server.avatica;

import io.millrace.plan.DataType;
import java.math.BigDecimal;
import java.sql.Array;
import java.sql.Date;
import java.sql.Time;
import java.sql.Timestamp;
import java.sql.Types;
import java.time.OffsetDateTime;
import org.apache.calcite.avatica.ColumnMetaData;
import org.apache.calcite.avatica.ColumnMetaData.Rep;
import org.jspecify.annotations.Nullable;

/**
 * How JDBC and Avatica see a type.
 *
 * @param id of {@link Types}
 * @param name as Avatica's accessors expect it
 * @param rep how values lie in a row frame
 * @param precision 0 where it means nothing
 * @param displaySize the most characters of a value as text
 * @param element of an ARRAY what its elements are; else null
 */
record JdbcType(
        int id,
        String name,
        Rep rep,
        Class<?> javaClass,
        int precision,
        int scale,
        int displaySize,
        boolean signed,
        @Nullable JdbcType element) {

    static JdbcType of(DataType type) {
        switch (type.kind()) {
            case BOOLEAN:
                return plain(Types.BOOLEAN, "BOOLEAN", Rep.BOOLEAN, Boolean.class, 1, 5, false);
            case TINYINT:
                return plain(Types.TINYINT, "TINYINT", Rep.BYTE, Byte.class, 3, 4, true);
            case SMALLINT:
                return plain(Types.SMALLINT, "SMALLINT", Rep.SHORT, Short.class, 5, 6, true);
            case INTEGER:
                return plain(Types.INTEGER, "INTEGER", Rep.INTEGER, Integer.class, 10, 11, true);
            case BIGINT:
                return plain(Types.BIGINT, "BIGINT", Rep.LONG, Long.class, 19, 20, true);
            case REAL:
                return plain(Types.REAL, "REAL", Rep.FLOAT, Float.class, 7, 15, true);
            case DOUBLE:
                return plain(Types.DOUBLE, "DOUBLE", Rep.DOUBLE, Double.class, 15, 25, true);
            case DECIMAL:
                return new JdbcType(
                        Types.DECIMAL,
                        "DECIMAL",
                        Rep.NUMBER,
                        BigDecimal.class,
                        type.precision(),
                        type.scale(),
                        type.precision() + 2,
                        true,
                        null);
            case CHAR:
                return text(Types.CHAR, "CHAR", type);
            case VARCHAR:
                return text(Types.VARCHAR, "VARCHAR", type);
            case VARBINARY:
                return plain(
                        Types.VARBINARY,
                        "VARBINARY",
                        Rep.BYTE_STRING,
                        byte[].class,
                        type.precision(),
                        type.precision(),
                        false);
            case ARRAY:
                return array(of(type.elementType()));
            default:
                return temporal(type);
        }
    }

    /** Precision and scale are those of the elements, which are read by them. */
    private static JdbcType array(JdbcType element) {
        return new JdbcType(
                Types.ARRAY,
                element.sqlName() + " ARRAY",
                Rep.ARRAY,
                Array.class,
                element.precision,
                element.scale,
                Integer.MAX_VALUE,
                false,
                element);
    }

    private static JdbcType temporal(DataType type) {
        int fraction = type.precision() == 0 ? 0 : type.precision() + 1;
        switch (type.kind()) {
            case DATE:
                return plain(Types.DATE, "DATE", Rep.INTEGER, Date.class, 0, 10, false);
            case TIME:
                return plain(Types.TIME, "TIME", Rep.INTEGER, Time.class, type.precision(), 8 + fraction, false);
            case TIMESTAMP:
                return plain(
                        Types.TIMESTAMP,
                        "TIMESTAMP",
                        Rep.LONG,
                        Timestamp.class,
                        type.precision(),
                        19 + fraction,
                        false);
            case TIMESTAMP_LTZ:
                // Avatica's accessors know a time with a zone only as text
                return plain(
                        Types.TIMESTAMP_WITH_TIMEZONE,
                        "TIMESTAMP_WITH_LOCAL_TIME_ZONE",
                        Rep.STRING,
                        OffsetDateTime.class,
                        type.precision(),
                        20 + fraction,
                        false);
            case INTERVAL_YEAR_MONTH:
                return plain(Types.OTHER, "INTERVAL_YEAR_TO_MONTH", Rep.INTEGER, Object.class, 0, 14, true);
            case INTERVAL_DAY_TIME:
                return new JdbcType(
                        Types.OTHER, "INTERVAL_DAY_TO_SECOND", Rep.LONG, Object.class, 0, 3, 28, true, null);
            default:
                return plain(Types.NULL, "NULL", Rep.OBJECT, Object.class, 0, 4, false);
        }
    }

    private static JdbcType text(int id, String name, DataType type) {
        return plain(id, name, Rep.STRING, String.class, type.precision(), type.precision(), false);
    }

    private static JdbcType plain(
            int id, String name, Rep rep, Class<?> javaClass, int precision, int displaySize, boolean signed) {
        return new JdbcType(id, name, rep, javaClass, precision, 0, displaySize, signed, null);
    }

    /** The name as SQL writes it, without length and precision. */
    String sqlName() {
        return name.replace('_', ' ');
    }

    /** What {@code DatabaseMetaData} calls the size of a column: of a time the characters of its text. */
    int columnSize() {
        switch (id) {
            case Types.DATE:
            case Types.TIME:
            case Types.TIMESTAMP:
            case Types.TIMESTAMP_WITH_TIMEZONE:
            case Types.OTHER:
                return displaySize;
            default:
                return precision;
        }
    }

    ColumnMetaData.AvaticaType avaticaType() {
        return element == null
                ? ColumnMetaData.scalar(id, name, rep)
                : ColumnMetaData.array(element.avaticaType(), name, rep);
    }
}
