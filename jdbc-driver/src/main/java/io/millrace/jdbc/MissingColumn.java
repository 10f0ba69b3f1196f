package io.millrace.jdbc;

import java.sql.SQLException;
import java.sql.Types;
import java.util.Calendar;
import org.apache.calcite.avatica.ColumnMetaData;

/** Stands for a column of a number that the result does not have. */
final class MissingColumn extends ColumnAccessor {
    private static final ColumnMetaData NO_TYPE =
            ColumnMetaData.dummy(ColumnMetaData.scalar(Types.NULL, "NULL", ColumnMetaData.Rep.OBJECT), true);

    private final int number;
    private final int columns;

    MissingColumn(RowPointer cursor, Calendar calendar, int number, int columns) {
        super(cursor, NO_TYPE, calendar);
        this.number = number;
        this.columns = columns;
    }

    static SQLException error(int number, int columns) {
        return SqlErrors.of(
                SqlErrors.NO_SUCH_COLUMN,
                "the result has no column " + number + ": its columns are numbered from 1 to " + columns);
    }

    @Override
    boolean accepts(int storage) {
        return false;
    }

    @Override
    Object object() throws SQLException {
        throw error(number, columns);
    }

    @Override
    String text() throws SQLException {
        throw error(number, columns);
    }

    @Override
    SQLException wrongType(String wanted) {
        return error(number, columns);
    }
}
