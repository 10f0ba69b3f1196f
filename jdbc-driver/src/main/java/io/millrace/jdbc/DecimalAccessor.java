package io.millrace.jdbc;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.nio.ByteBuffer;
import java.sql.SQLException;
import java.util.Calendar;
import org.apache.calcite.avatica.ColumnMetaData;

/** Reads DECIMAL of up to 38 digits. */
final class DecimalAccessor extends ColumnAccessor {
    DecimalAccessor(RowPointer cursor, ColumnMetaData column, Calendar calendar) {
        super(cursor, column, calendar);
    }

    @Override
    boolean accepts(int storage) {
        return storage == ColumnSlice.LONG || storage == ColumnSlice.DECIMAL128;
    }

    @Override
    Object object() throws SQLException {
        return decimal();
    }

    @Override
    String text() throws SQLException {
        return decimal().toPlainString();
    }

    @Override
    boolean truth() throws SQLException {
        return decimal().signum() != 0;
    }

    @Override
    long integer() throws SQLException {
        BigDecimal whole = decimal().setScale(0, RoundingMode.DOWN);
        if (whole.unscaledValue().bitLength() > Long.SIZE - 1) {
            throw outOfRange(whole.toPlainString(), "long");
        }
        return whole.longValue();
    }

    @Override
    double approximate() throws SQLException {
        return decimal().doubleValue();
    }

    @Override
    BigDecimal decimal() throws SQLException {
        int row = row();
        if (slice.storage() == ColumnSlice.LONG) {
            return BigDecimal.valueOf(longAt(row), column.scale);
        }
        long high = longAt(2 * row);
        long low = longAt(2 * row + 1);
        if (high == low >> 63) {
            return BigDecimal.valueOf(low, column.scale);
        }
        byte[] bytes =
                ByteBuffer.allocate(2 * Long.BYTES).putLong(high).putLong(low).array();
        return new BigDecimal(new BigInteger(bytes), column.scale);
    }
}
