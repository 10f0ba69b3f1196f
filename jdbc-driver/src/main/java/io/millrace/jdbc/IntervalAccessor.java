package io.millrace.jdbc;

import java.sql.SQLException;
import java.time.LocalTime;
import java.util.Calendar;
import org.apache.calcite.avatica.ColumnMetaData;

/** Reads intervals, stored as months or as microseconds. */
final class IntervalAccessor extends ColumnAccessor {
    private static final long MICROS_OF_DAY = 86_400_000_000L;

    private final boolean months;

    IntervalAccessor(RowPointer cursor, ColumnMetaData column, Calendar calendar, boolean months) {
        super(cursor, column, calendar);
        this.months = months;
    }

    @Override
    boolean accepts(int storage) {
        return storage == ColumnSlice.LONG;
    }

    @Override
    Object object() throws SQLException {
        return text();
    }

    /** Like {@code 1-02} (years and months) or {@code 1 02:03:04.500000}. */
    @Override
    String text() throws SQLException {
        long value = longAt(row());
        String sign = value < 0 ? "-" : "";
        long size = Math.abs(value);
        if (months) {
            return sign + size / 12 + (size % 12 < 10 ? "-0" : "-") + size % 12;
        }
        LocalTime rest = LocalTime.ofNanoOfDay(size % MICROS_OF_DAY * 1000);
        return sign + size / MICROS_OF_DAY + " " + TimeTexts.time(rest, 0);
    }

    @Override
    long integer() throws SQLException {
        return longAt(row());
    }
}
