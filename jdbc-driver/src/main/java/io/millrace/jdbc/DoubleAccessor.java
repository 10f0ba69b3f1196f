package io.millrace.jdbc;

import java.math.BigDecimal;
import java.sql.SQLException;
import java.util.Calendar;
import org.apache.calcite.avatica.ColumnMetaData;

/** Reads REAL and DOUBLE. */
final class DoubleAccessor extends ColumnAccessor {
    private static final double LONG_LIMIT = 0x1p63;

    private final boolean single;

    DoubleAccessor(RowPointer cursor, ColumnMetaData column, Calendar calendar, boolean single) {
        super(cursor, column, calendar);
        this.single = single;
    }

    @Override
    boolean accepts(int storage) {
        return storage == ColumnSlice.DOUBLE;
    }

    @Override
    Object object() throws SQLException {
        double value = approximate();
        if (single) {
            return (float) value;
        }
        return value;
    }

    @Override
    String text() throws SQLException {
        double value = approximate();
        return single ? Float.toString((float) value) : Double.toString(value);
    }

    @Override
    boolean truth() throws SQLException {
        return approximate() != 0;
    }

    @Override
    long integer() throws SQLException {
        double value = approximate();
        if (!(value >= -LONG_LIMIT && value < LONG_LIMIT)) {
            throw outOfRange(value, "long");
        }
        return (long) value;
    }

    @Override
    double approximate() throws SQLException {
        return Double.longBitsToDouble(longAt(row()));
    }

    @Override
    BigDecimal decimal() throws SQLException {
        double value = approximate();
        if (!Double.isFinite(value)) {
            throw outOfRange(value, "DECIMAL");
        }
        return new BigDecimal(text());
    }
}
