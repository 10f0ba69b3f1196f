package io.millrace.jdbc;

import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.Calendar;
import org.apache.calcite.avatica.ColumnMetaData;

/** Reads TIMESTAMP with and without time zone, stored as microseconds since 1970 in UTC. */
final class TimestampAccessor extends ColumnAccessor {
    private static final long MICROS = 1_000_000;

    private final boolean zoned;

    /** @param zoned whether the value is an instant, so that no calendar changes it */
    TimestampAccessor(RowPointer cursor, ColumnMetaData column, Calendar calendar, boolean zoned) {
        super(cursor, column, calendar);
        this.zoned = zoned;
    }

    @Override
    boolean accepts(int storage) {
        return storage == ColumnSlice.LONG;
    }

    @Override
    Object object() throws SQLException {
        return zoned ? dateTime().atOffset(ZoneOffset.UTC) : timestamp(localCalendar());
    }

    @Override
    String text() throws SQLException {
        LocalDateTime value = dateTime();
        String text = value.toLocalDate() + " " + TimeTexts.time(value.toLocalTime(), column.precision);
        return zoned ? text + "Z" : text;
    }

    @Override
    LocalDate date() throws SQLException {
        return dateTime().toLocalDate();
    }

    @Override
    LocalTime time() throws SQLException {
        return dateTime().toLocalTime();
    }

    @Override
    LocalDateTime dateTime() throws SQLException {
        long micros = longAt(row());
        return LocalDateTime.ofEpochSecond(
                Math.floorDiv(micros, MICROS), (int) Math.floorMod(micros, MICROS) * 1000, ZoneOffset.UTC);
    }

    @Override
    Timestamp timestamp(Calendar calendar) throws SQLException {
        return zoned ? Timestamp.from(dateTime().toInstant(ZoneOffset.UTC)) : super.timestamp(calendar);
    }
}
