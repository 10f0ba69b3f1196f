package io.millrace.jdbc;

import java.math.BigDecimal;
import java.sql.SQLException;
import java.util.Calendar;
import org.apache.calcite.avatica.ColumnMetaData;

/** Reads TINYINT, SMALLINT, INTEGER and BIGINT. */
final class LongAccessor extends ColumnAccessor {
    private final boolean big;

    /** @param big whether objects are Long; else Integer, which JDBC has for TINYINT and SMALLINT, too */
    LongAccessor(RowPointer cursor, ColumnMetaData column, Calendar calendar, boolean big) {
        super(cursor, column, calendar);
        this.big = big;
    }

    @Override
    boolean accepts(int storage) {
        return storage == ColumnSlice.LONG;
    }

    @Override
    Object object() throws SQLException {
        long value = longAt(row());
        if (big) {
            return value;
        }
        return (int) value;
    }

    @Override
    String text() throws SQLException {
        return Long.toString(longAt(row()));
    }

    @Override
    boolean truth() throws SQLException {
        return longAt(row()) != 0;
    }

    @Override
    long integer() throws SQLException {
        return longAt(row());
    }

    @Override
    double approximate() throws SQLException {
        return longAt(row());
    }

    @Override
    BigDecimal decimal() throws SQLException {
        return BigDecimal.valueOf(longAt(row()));
    }
}
