package io.millrace.jdbc;

import java.sql.SQLException;
import java.util.Arrays;
import java.util.Calendar;
import org.apache.calcite.avatica.ColumnMetaData;

/** Reads VARBINARY. */
final class BinaryAccessor extends ColumnAccessor {
    private static final java.util.HexFormat HEX = java.util.HexFormat.of();

    BinaryAccessor(RowPointer cursor, ColumnMetaData column, Calendar calendar) {
        super(cursor, column, calendar);
    }

    @Override
    boolean accepts(int storage) {
        return storage == ColumnSlice.BYTES;
    }

    @Override
    Object object() throws SQLException {
        return binary();
    }

    @Override
    String text() throws SQLException {
        return HEX.formatHex(binary());
    }

    @Override
    byte[] binary() throws SQLException {
        int row = row();
        int start = bytesStart();
        return Arrays.copyOfRange(body, start + intAt(row), start + intAt(row + 1));
    }
}
