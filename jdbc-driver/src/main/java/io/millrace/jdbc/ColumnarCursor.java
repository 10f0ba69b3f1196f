package io.millrace.jdbc;

import java.sql.SQLException;
import java.util.AbstractList;
import java.util.Calendar;
import java.util.List;
import org.apache.calcite.avatica.ColumnMetaData;
import org.apache.calcite.avatica.util.ArrayImpl;
import org.apache.calcite.avatica.util.Cursor;
import org.jspecify.annotations.Nullable;

/** Walks the rows of the frames of a feed; its accessors read the row it stands on. */
final class ColumnarCursor implements Cursor, RowPointer {
    private static final int NO_ROW = -1;

    private final FrameFeed feed;

    private ColumnAccessor[] accessors = {};
    private int @Nullable [] kept;
    private int row = NO_ROW;
    private int rows;
    private boolean wasNull;

    ColumnarCursor(FrameFeed feed) {
        this.feed = feed;
    }

    @Override
    public List<Accessor> createAccessors(
            List<ColumnMetaData> types, Calendar localCalendar, ArrayImpl.@Nullable Factory factory) {
        accessors = new ColumnAccessor[types.size()];
        for (int i = 0; i < accessors.length; i++) {
            accessors[i] = Accessors.create(this, types.get(i), localCalendar);
        }
        return new AbstractList<>() {
            @Override
            public Accessor get(int index) {
                return index >= 0 && index < accessors.length
                        ? accessors[index]
                        : new MissingColumn(ColumnarCursor.this, localCalendar, index + 1, accessors.length);
            }

            @Override
            public int size() {
                return accessors.length;
            }
        };
    }

    @Override
    public boolean next() throws SQLException {
        feed.check();
        if (row + 1 < rows) {
            row++;
            return true;
        }
        row = NO_ROW;
        rows = 0;
        ColumnFrame frame = feed.next();
        if (frame == null) {
            return false;
        }
        load(frame);
        row = 0;
        return true;
    }

    @Override
    public void close() {
        row = NO_ROW;
        rows = 0;
    }

    @Override
    public boolean wasNull() {
        return wasNull;
    }

    /** The row in the frame. */
    @Override
    public int row() throws SQLException {
        if (row < 0) {
            throw SqlErrors.of(SqlErrors.INVALID_CURSOR, "the result set is not on a row. Call next() first");
        }
        int[] numbers = kept;
        return numbers == null ? row : numbers[row];
    }

    @Override
    public boolean seen(boolean isNull) {
        wasNull = isNull;
        return isNull;
    }

    private void load(ColumnFrame frame) throws SQLException {
        if (frame.columns().length != accessors.length) {
            throw SqlErrors.of(
                    SqlErrors.PROTOCOL,
                    "the server sent " + frame.columns().length + " columns where " + accessors.length
                            + " were announced");
        }
        for (int i = 0; i < accessors.length; i++) {
            accessors[i].load(frame.body(), frame.columns()[i]);
        }
        kept = frame.kept();
        rows = frame.given();
    }
}
