package io.millrace.jdbc;

import java.math.BigDecimal;
import java.sql.SQLException;
import java.util.Calendar;
import org.apache.calcite.avatica.ColumnMetaData;

/** Reads BOOLEAN. */
final class BooleanAccessor extends ColumnAccessor {
    BooleanAccessor(RowPointer cursor, ColumnMetaData column, Calendar calendar) {
        super(cursor, column, calendar);
    }

    @Override
    boolean accepts(int storage) {
        return storage == ColumnSlice.LONG;
    }

    @Override
    Object object() throws SQLException {
        return truth();
    }

    @Override
    String text() throws SQLException {
        return String.valueOf(truth());
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
