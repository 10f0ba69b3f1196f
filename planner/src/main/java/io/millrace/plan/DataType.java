package io.millrace.plan;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A SQL type. How its values lie in a column, and as a {@link Constant} or a parameter value ("canonical value"):
 *
 * <pre>
 * kind                     storage      column value                             canonical value
 * BOOLEAN                  LONG         0 or 1                                   Boolean
 * TINYINT .. BIGINT        LONG         the number                               Long
 * REAL, DOUBLE             DOUBLE       the number (a REAL is rounded to float)  Double
 * DECIMAL(p &lt;= 18, s)      LONG         unscaled                                 BigDecimal
 * DECIMAL(p &gt; 18, s)       DECIMAL128   unscaled, two's complement               BigDecimal
 * CHAR, VARCHAR            BYTES        UTF-8                                    String
 * VARBINARY                BYTES        the bytes                                byte[]
 * ARRAY                    BYTES        the elements, equal arrays alike         List of the elements' values, or nulls
 * DATE                     LONG         days since 1970-01-01                    Long
 * TIME                     LONG         microseconds of the day                  Long
 * TIMESTAMP, TIMESTAMP_LTZ LONG         microseconds since 1970-01-01T00:00 UTC  Long
 * INTERVAL_YEAR_MONTH      LONG         months                                   Long
 * INTERVAL_DAY_TIME        LONG         microseconds                             Long
 * </pre>
 *
 * @param precision digits of a DECIMAL, characters of a CHAR or VARCHAR, bytes of a VARBINARY ({@link #UNLIMITED} when
 *     none is declared), fractional digits (0 to 6) of TIME and TIMESTAMP; else 0
 * @param scale of a DECIMAL; else 0
 * @param element of an ARRAY the type of what is in it, nullable, no ARRAY itself; else null
 */
public record DataType(
        Kind kind,
        int precision,
        int scale,
        boolean nullable,
        @Nullable DataType element) {
    public static final int UNLIMITED = Integer.MAX_VALUE;
    public static final int MAX_DECIMAL_PRECISION = 38;
    /** The engine's unit of time is the microsecond. */
    public static final int MAX_TIME_PRECISION = 6;

    /** The kind of a type. */
    public enum Kind {
        BOOLEAN,
        TINYINT,
        SMALLINT,
        INTEGER,
        BIGINT,
        REAL,
        DOUBLE,
        DECIMAL,
        CHAR,
        VARCHAR,
        VARBINARY,
        ARRAY,
        DATE,
        TIME,
        TIMESTAMP,
        TIMESTAMP_LTZ,
        INTERVAL_YEAR_MONTH,
        INTERVAL_DAY_TIME,
        /** The type of a bare NULL; stored as a LONG column whose rows are all null. */
        NULL
    }

    /** How values lie in memory and in the log. */
    public enum Storage {
        LONG,
        DOUBLE,
        BYTES,
        DECIMAL128
    }

    public DataType {
        if ((kind == Kind.ARRAY) != (element != null)) {
            throw new IllegalArgumentException(kind + " of " + element);
        }
    }

    public DataType(Kind kind, int precision, int scale, boolean nullable) {
        this(kind, precision, scale, nullable, null);
    }

    public static DataType of(Kind kind) {
        return new DataType(kind, 0, 0, true);
    }

    public static DataType varchar() {
        return new DataType(Kind.VARCHAR, UNLIMITED, 0, true);
    }

    public static DataType varchar(int length) {
        return new DataType(Kind.VARCHAR, length, 0, true);
    }

    public static DataType decimal(int precision, int scale) {
        return new DataType(Kind.DECIMAL, precision, scale, true);
    }

    public static DataType timestamp(int precision) {
        return new DataType(Kind.TIMESTAMP, precision, 0, true);
    }

    /** An ARRAY; texts in it have no length. */
    public static DataType array(DataType element) {
        DataType inside = element.isCharacter() ? varchar() : element.withNullable(true);
        return new DataType(Kind.ARRAY, 0, 0, true, inside);
    }

    /** The type of what is in an ARRAY. */
    public DataType elementType() {
        return Objects.requireNonNull(element);
    }

    public DataType withNullable(boolean newNullable) {
        return newNullable == nullable ? this : new DataType(kind, precision, scale, newNullable, element);
    }

    public DataType notNull() {
        return withNullable(false);
    }

    public Storage storage() {
        switch (kind) {
            case REAL:
            case DOUBLE:
                return Storage.DOUBLE;
            case CHAR:
            case VARCHAR:
            case VARBINARY:
            case ARRAY:
                return Storage.BYTES;
            case DECIMAL:
                return precision <= 18 ? Storage.LONG : Storage.DECIMAL128;
            default:
                return Storage.LONG;
        }
    }

    public boolean isInteger() {
        return kind == Kind.TINYINT || kind == Kind.SMALLINT || kind == Kind.INTEGER || kind == Kind.BIGINT;
    }

    public boolean isApproximate() {
        return kind == Kind.REAL || kind == Kind.DOUBLE;
    }

    public boolean isNumeric() {
        return isInteger() || isApproximate() || kind == Kind.DECIMAL;
    }

    public boolean isCharacter() {
        return kind == Kind.CHAR || kind == Kind.VARCHAR;
    }

    public boolean isArray() {
        return kind == Kind.ARRAY;
    }

    public boolean isTimestamp() {
        return kind == Kind.TIMESTAMP || kind == Kind.TIMESTAMP_LTZ;
    }

    public boolean isInterval() {
        return kind == Kind.INTERVAL_YEAR_MONTH || kind == Kind.INTERVAL_DAY_TIME;
    }

    /** The type as SQL writes it, without NOT NULL. */
    @Override
    public String toString() {
        switch (kind) {
            case DECIMAL:
                return "DECIMAL(" + precision + ", " + scale + ")";
            case CHAR:
            case VARCHAR:
            case VARBINARY:
                return precision == UNLIMITED ? kind.name() : kind + "(" + precision + ")";
            case TIME:
            case TIMESTAMP:
                return kind + "(" + precision + ")";
            case TIMESTAMP_LTZ:
                return "TIMESTAMP(" + precision + ") WITH LOCAL TIME ZONE";
            case ARRAY:
                return element + " ARRAY";
            case INTERVAL_YEAR_MONTH:
                return "INTERVAL YEAR TO MONTH";
            case INTERVAL_DAY_TIME:
                return "INTERVAL DAY TO SECOND";
            default:
                return kind.name();
        }
    }
}
