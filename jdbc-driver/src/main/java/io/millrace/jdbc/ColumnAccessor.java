package io.millrace.jdbc;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.ByteOrder;
import java.sql.Array;
import java.sql.Date;
import java.sql.SQLException;
import java.sql.Time;
import java.sql.Timestamp;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.Calendar;
import org.apache.calcite.avatica.ColumnMetaData;
import org.jspecify.annotations.Nullable;

/**
 * Reads a column at the row of the cursor. A kind of column overrides the conversions that it has; the others are
 * refused. A conversion is asked only for a value that is not NULL.
 */
abstract class ColumnAccessor extends UnsupportedGetters {
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);
    private static final VarHandle INTS = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);

    final ColumnMetaData column;

    private final RowPointer cursor;
    private final Calendar localCalendar;

    byte[] body = {};
    ColumnSlice slice = new ColumnSlice(ColumnSlice.LONG, ColumnSlice.NO_NULLS, 0, 0);
    private int nulls = ColumnSlice.NO_NULLS;
    private int values;

    ColumnAccessor(RowPointer cursor, ColumnMetaData column, Calendar localCalendar) {
        this.cursor = cursor;
        this.column = column;
        this.localCalendar = localCalendar;
    }

    final void load(byte[] newBody, ColumnSlice newSlice) throws SQLException {
        if (!accepts(newSlice.storage())) {
            throw SqlErrors.of(
                    SqlErrors.PROTOCOL,
                    "the server sent column \"" + column.label + "\" in storage " + newSlice.storage());
        }
        body = newBody;
        slice = newSlice;
        nulls = newSlice.nulls();
        values = newSlice.values();
    }

    abstract boolean accepts(int storage);

    // conversions

    abstract Object object() throws SQLException;

    abstract String text() throws SQLException;

    boolean truth() throws SQLException {
        throw wrongType("a BOOLEAN");
    }

    long integer() throws SQLException {
        throw wrongType("a number");
    }

    double approximate() throws SQLException {
        throw wrongType("a number");
    }

    BigDecimal decimal() throws SQLException {
        throw wrongType("a number");
    }

    byte[] binary() throws SQLException {
        throw wrongType("bytes");
    }

    Array array() throws SQLException {
        throw wrongType("an ARRAY");
    }

    LocalDate date() throws SQLException {
        throw wrongType("a DATE");
    }

    LocalTime time() throws SQLException {
        throw wrongType("a TIME");
    }

    LocalDateTime dateTime() throws SQLException {
        throw wrongType("a TIMESTAMP");
    }

    /** The instant of {@link #dateTime}; a calendar gives the zone of a time that has none. */
    Timestamp timestamp(Calendar calendar) throws SQLException {
        LocalDateTime value = dateTime();
        Timestamp timestamp = new Timestamp(startOf(value.toLocalDate(), value.toLocalTime(), calendar));
        timestamp.setNanos(value.getNano());
        return timestamp;
    }

    /** By its fields, since before 1582 a Calendar counts days otherwise than a LocalDate. */
    private static long startOf(LocalDate day, LocalTime time, Calendar calendar) {
        Calendar fields = (Calendar) calendar.clone();
        fields.clear();
        fields.set(
                day.getYear(),
                day.getMonthValue() - 1,
                day.getDayOfMonth(),
                time.getHour(),
                time.getMinute(),
                time.getSecond());
        return fields.getTimeInMillis();
    }

    // raw values

    final int row() throws SQLException {
        return cursor.row();
    }

    final long longAt(int index) {
        return (long) LONGS.get(body, values + index * Long.BYTES);
    }

    final int intAt(int index) {
        return (int) INTS.get(body, values + index * Integer.BYTES);
    }

    /** Where the bytes of a BYTES column start: after its offsets. */
    final int bytesStart() {
        return slice.bytes();
    }

    final boolean isNull() throws SQLException {
        int row = cursor.row();
        return cursor.seen(nulls != ColumnSlice.NO_NULLS
                && ((long) LONGS.get(body, nulls + (row >>> 6) * Long.BYTES) >>> row & 1) != 0);
    }

    SQLException wrongType(String wanted) {
        return SqlErrors.of(
                SqlErrors.WRONG_TYPE,
                "column \"" + column.label + "\" of type " + column.type.name + " cannot be read as " + wanted);
    }

    final SQLException outOfRange(Object value, String type) {
        return SqlErrors.of(
                SqlErrors.OUT_OF_RANGE,
                "value " + value + " of column \"" + column.label + "\" is out of range of " + type);
    }

    private long integer(long least, long most, String type) throws SQLException {
        long value = integer();
        if (value < least || value > most) {
            throw outOfRange(value, type);
        }
        return value;
    }

    // Cursor.Accessor

    @Override
    public final boolean wasNull() {
        return cursor.wasNull();
    }

    @Override
    public final @Nullable String getString() throws SQLException {
        return isNull() ? null : text();
    }

    @Override
    public final boolean getBoolean() throws SQLException {
        return !isNull() && truth();
    }

    @Override
    public final byte getByte() throws SQLException {
        return isNull() ? 0 : (byte) integer(Byte.MIN_VALUE, Byte.MAX_VALUE, "byte");
    }

    @Override
    public final short getShort() throws SQLException {
        return isNull() ? 0 : (short) integer(Short.MIN_VALUE, Short.MAX_VALUE, "short");
    }

    @Override
    public final int getInt() throws SQLException {
        return isNull() ? 0 : (int) integer(Integer.MIN_VALUE, Integer.MAX_VALUE, "int");
    }

    @Override
    public final long getLong() throws SQLException {
        return isNull() ? 0 : integer();
    }

    @Override
    public final float getFloat() throws SQLException {
        return isNull() ? 0 : (float) approximate();
    }

    @Override
    public final double getDouble() throws SQLException {
        return isNull() ? 0 : approximate();
    }

    @Override
    public final @Nullable BigDecimal getBigDecimal() throws SQLException {
        return isNull() ? null : decimal();
    }

    @Override
    public final @Nullable BigDecimal getBigDecimal(int scale) throws SQLException {
        return isNull() ? null : decimal().setScale(scale, RoundingMode.HALF_UP);
    }

    @Override
    public final byte @Nullable [] getBytes() throws SQLException {
        return isNull() ? null : binary();
    }

    @Override
    public final @Nullable Object getObject() throws SQLException {
        return isNull() ? null : object();
    }

    @Override
    public final @Nullable Date getDate(@Nullable Calendar calendar) throws SQLException {
        if (isNull()) {
            return null;
        }
        return new Date(startOf(date(), LocalTime.MIDNIGHT, calendarOr(calendar)));
    }

    @Override
    public final @Nullable Time getTime(@Nullable Calendar calendar) throws SQLException {
        if (isNull()) {
            return null;
        }
        ZonedDateTime onFirstDay = time().atDate(LocalDate.EPOCH)
                .atZone(calendarOr(calendar).getTimeZone().toZoneId());
        return new Time(onFirstDay.toInstant().toEpochMilli());
    }

    @Override
    public final @Nullable Timestamp getTimestamp(@Nullable Calendar calendar) throws SQLException {
        return isNull() ? null : timestamp(calendarOr(calendar));
    }

    @Override
    public final @Nullable Array getArray() throws SQLException {
        return isNull() ? null : array();
    }

    @Override
    public final <T> @Nullable T getObject(Class<T> type) throws SQLException {
        if (isNull()) {
            return null;
        }
        Object converted = convert(type);
        if (converted == null) {
            throw wrongType(type.getName());
        }
        return type.cast(converted);
    }

    private @Nullable Object convert(Class<?> type) throws SQLException {
        Object converted = ScalarConversions.convert(this, type);
        if (converted != null) {
            return converted;
        }
        if (type == LocalDate.class) {
            return date();
        }
        if (type == LocalTime.class) {
            return time();
        }
        if (type == LocalDateTime.class) {
            return dateTime();
        }
        if (type == java.time.OffsetDateTime.class) {
            return dateTime().atOffset(ZoneOffset.UTC);
        }
        if (type == ZonedDateTime.class) {
            return dateTime().atZone(ZoneOffset.UTC);
        }
        if (type == java.time.Instant.class) {
            return dateTime().toInstant(ZoneOffset.UTC);
        }
        if (type == Timestamp.class || type == java.util.Date.class) {
            return getTimestamp(localCalendar);
        }
        if (type == Date.class) {
            return getDate(localCalendar);
        }
        if (type == Array.class) {
            return array();
        }
        return type == Time.class ? getTime(localCalendar) : null;
    }

    private Calendar calendarOr(@Nullable Calendar calendar) {
        return calendar == null ? localCalendar : calendar;
    }

    final Calendar localCalendar() {
        return localCalendar;
    }
}
