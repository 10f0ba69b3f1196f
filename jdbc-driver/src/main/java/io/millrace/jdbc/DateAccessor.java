package io.millrace.jdbc;

import java.sql.Date;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.Calendar;
import java.util.Objects;
import org.apache.calcite.avatica.ColumnMetaData;

/** Reads DATE, stored as days. */
final class DateAccessor extends ColumnAccessor {
    DateAccessor(RowPointer cursor, ColumnMetaData column, Calendar calendar) {
        super(cursor, column, calendar);
    }

    @Override
    boolean accepts(int storage) {
        return storage == ColumnSlice.LONG;
    }

    @Override
    Object object() throws SQLException {
        Date date = getDate(localCalendar());
        return Objects.requireNonNull(date);
    }

    @Override
    String text() throws SQLException {
        return date().toString();
    }

    @Override
    LocalDate date() throws SQLException {
        return LocalDate.ofEpochDay(longAt(row()));
    }

    @Override
    LocalDateTime dateTime() throws SQLException {
        return date().atStartOfDay();
    }
}
