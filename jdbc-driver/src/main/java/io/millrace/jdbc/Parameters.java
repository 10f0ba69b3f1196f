package io.millrace.jdbc;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.sql.Date;
import java.sql.SQLException;
import java.sql.Time;
import java.sql.Timestamp;
import java.sql.Types;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.Calendar;
import java.util.GregorianCalendar;
import java.util.UUID;
import org.apache.calcite.avatica.ColumnMetaData.Rep;
import org.apache.calcite.avatica.remote.TypedValue;
import org.jspecify.annotations.Nullable;

/** Values as they travel. What the protocol keeps too coarsely, microseconds, travels as text. */
final class Parameters {
    private static final int NANOS_OF_MILLI = 1_000_000;
    /** 1582-10-15, since when a Date counts as SQL does. */
    private static final long GREGORIAN_START = -12_219_292_800_000L;

    private static final int MOST_MICRO_DIGITS = 6;

    private Parameters() {}

    /** @param calendar the zone in which a java.sql date or time is meant */
    static TypedValue typed(@Nullable Object x, Calendar calendar) throws SQLException {
        if (x == null) {
            return TypedValue.EXPLICIT_NULL;
        }
        TypedValue value = x instanceof Number number ? number(number) : time(x, calendar);
        if (value != null) {
            return value;
        }
        if (x instanceof String || x instanceof Character || x instanceof UUID) {
            return text(x.toString());
        }
        if (x instanceof Boolean) {
            return TypedValue.ofLocal(Rep.BOOLEAN, x);
        }
        if (x instanceof byte[]) {
            return TypedValue.ofJdbc(Rep.BYTE_STRING, x, calendar);
        }
        throw SqlErrors.notSupported("a parameter of " + x.getClass());
    }

    /** What was said about the type matters only where text is wanted of a number. */
    static @Nullable Object hinted(@Nullable Object x, int sqlType) {
        switch (sqlType) {
            case Types.NULL:
                return null;
            case Types.CHAR:
            case Types.VARCHAR:
            case Types.LONGVARCHAR:
            case Types.NCHAR:
            case Types.NVARCHAR:
            case Types.LONGNVARCHAR:
                return x instanceof Number || x instanceof Boolean ? x.toString() : x;
            default:
                return x;
        }
    }

    private static @Nullable TypedValue number(Number x) {
        if (x instanceof Integer) {
            return TypedValue.ofLocal(Rep.INTEGER, x);
        }
        if (x instanceof Long) {
            return TypedValue.ofLocal(Rep.LONG, x);
        }
        if (x instanceof Double) {
            return TypedValue.ofLocal(Rep.DOUBLE, x);
        }
        if (x instanceof Float) {
            return TypedValue.ofLocal(Rep.FLOAT, x);
        }
        if (x instanceof Short) {
            return TypedValue.ofLocal(Rep.SHORT, x);
        }
        if (x instanceof Byte) {
            return TypedValue.ofLocal(Rep.BYTE, x);
        }
        if (x instanceof BigDecimal) {
            return TypedValue.ofLocal(Rep.NUMBER, x);
        }
        return x instanceof BigInteger whole ? TypedValue.ofLocal(Rep.NUMBER, new BigDecimal(whole)) : null;
    }

    private static @Nullable TypedValue time(Object x, Calendar calendar) {
        if (x instanceof java.util.Date early && !(x instanceof Time) && early.getTime() < GREGORIAN_START) {
            return julian(early, calendar);
        }
        if (x instanceof Timestamp timestamp) {
            return timestamp.getNanos() % NANOS_OF_MILLI == 0
                    ? TypedValue.ofJdbc(Rep.JAVA_SQL_TIMESTAMP, timestamp, calendar)
                    : text(LocalDateTime.ofInstant(
                            timestamp.toInstant(), calendar.getTimeZone().toZoneId()));
        }
        if (x instanceof Date) {
            return TypedValue.ofJdbc(Rep.JAVA_SQL_DATE, x, calendar);
        }
        if (x instanceof Time) {
            return TypedValue.ofJdbc(Rep.JAVA_SQL_TIME, x, calendar);
        }
        if (x instanceof java.util.Date date) {
            return TypedValue.ofJdbc(Rep.JAVA_SQL_TIMESTAMP, new Timestamp(date.getTime()), calendar);
        }
        if (x instanceof LocalDateTime value) {
            return text(value);
        }
        if (x instanceof LocalDate date) {
            return text(date.toString());
        }
        if (x instanceof LocalTime time) {
            return text(TimeTexts.time(time, MOST_MICRO_DIGITS));
        }
        if (x instanceof Instant instant) {
            return text(LocalDateTime.ofInstant(instant, ZoneOffset.UTC));
        }
        if (x instanceof OffsetDateTime value) {
            return text(LocalDateTime.ofInstant(value.toInstant(), ZoneOffset.UTC));
        }
        return x instanceof ZonedDateTime value
                ? text(LocalDateTime.ofInstant(value.toInstant(), ZoneOffset.UTC))
                : null;
    }

    /** Before 1582 a Date counts days otherwise than SQL does: what counts is what it prints. */
    private static TypedValue julian(java.util.Date early, Calendar calendar) {
        Calendar fields = (Calendar) calendar.clone();
        fields.setTimeInMillis(early.getTime());
        int year = fields.get(Calendar.YEAR);
        LocalDate day = LocalDate.of(
                        fields.get(Calendar.ERA) == GregorianCalendar.AD ? year : 1 - year,
                        fields.get(Calendar.MONTH) + 1,
                        1)
                .plusDays(fields.get(Calendar.DAY_OF_MONTH) - 1L);
        if (early instanceof Date) {
            return text(day.toString());
        }
        int nanos = early instanceof Timestamp timestamp
                ? timestamp.getNanos()
                : fields.get(Calendar.MILLISECOND) * NANOS_OF_MILLI;
        return text(day.atTime(
                fields.get(Calendar.HOUR_OF_DAY), fields.get(Calendar.MINUTE), fields.get(Calendar.SECOND), nanos));
    }

    private static TypedValue text(LocalDateTime value) {
        return text(value.toLocalDate() + " " + TimeTexts.time(value.toLocalTime(), MOST_MICRO_DIGITS));
    }

    private static TypedValue text(String value) {
        return TypedValue.ofLocal(Rep.STRING, value);
    }
}
