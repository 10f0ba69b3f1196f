package io.millrace.jdbc;

import java.sql.SQLException;
import java.sql.Time;
import java.time.LocalTime;
import java.util.Calendar;
import java.util.Objects;
import org.apache.calcite.avatica.ColumnMetaData;

/** Reads TIME, stored as microseconds of the day. */
final class TimeAccessor extends ColumnAccessor {
    TimeAccessor(RowPointer cursor, ColumnMetaData column, Calendar calendar) {
        super(cursor, column, calendar);
    }

    @Override
    boolean accepts(int storage) {
        return storage == ColumnSlice.LONG;
    }

    @Override
    Object object() throws SQLException {
        Time time = getTime(localCalendar());
        return Objects.requireNonNull(time);
    }

    @Override
    String text() throws SQLException {
        return TimeTexts.time(time(), column.precision);
    }

    @Override
    LocalTime time() throws SQLException {
        return LocalTime.ofNanoOfDay(longAt(row()) * 1000);
    }
}
