package io.millrace.jdbc;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.sql.SQLException;
import java.sql.Types;
import java.util.Calendar;
import org.apache.calcite.avatica.ColumnMetaData;
import org.jspecify.annotations.Nullable;

/**
 * The elements of one ARRAY at a time, laid out as a column of a frame has its values, so that the accessor of their type
 * reads them.
 *
 * <pre>
 * element   | 1 | value |    or, NULL,   | 2 | zeros as long as a value; none for bytes |
 * value     8 bytes, or 16 of a long DECIMAL, with the sign turned over; bytes with 255 after each 0, then 0 and 1
 * </pre>
 */
final class ArrayElements implements RowPointer {
    private static final byte NULL = 2;
    private static final int LONGEST_SHORT_DECIMAL = 18;

    private final int storage;
    private final ColumnAccessor accessor;

    private int row;
    private boolean wasNull;

    ArrayElements(ColumnMetaData array, Calendar calendar) {
        ColumnMetaData element = element(array);
        accessor = Accessors.create(this, element, calendar);
        storage = storage(element, accessor);
    }

    private static ColumnMetaData element(ColumnMetaData array) {
        return new ColumnMetaData(
                array.ordinal,
                false,
                array.caseSensitive,
                array.searchable,
                false,
                array.nullable,
                array.signed,
                array.displaySize,
                array.label,
                array.columnName,
                array.schemaName,
                array.precision,
                array.scale,
                array.tableName,
                array.catalogName,
                component(array),
                true,
                false,
                false,
                array.columnClassName);
    }

    static ColumnMetaData.AvaticaType component(ColumnMetaData array) {
        return ((ColumnMetaData.ArrayType) array.type).getComponent();
    }

    private static int storage(ColumnMetaData element, ColumnAccessor accessor) {
        if (element.type.id == Types.DECIMAL) {
            return element.precision <= LONGEST_SHORT_DECIMAL ? ColumnSlice.LONG : ColumnSlice.DECIMAL128;
        }
        if (accessor.accepts(ColumnSlice.BYTES)) {
            return ColumnSlice.BYTES;
        }
        return accessor.accepts(ColumnSlice.DOUBLE) ? ColumnSlice.DOUBLE : ColumnSlice.LONG;
    }

    /** Reads an array; returns how many elements it has. */
    int load(byte[] body, int start, int end) throws SQLException {
        ByteBuffer array = ByteBuffer.wrap(body, start, end - start);
        return storage == ColumnSlice.BYTES ? loadBytes(array) : loadNumbers(array);
    }

    /** The accessor, standing on an element. */
    ColumnAccessor at(int element) {
        row = element;
        return accessor;
    }

    @Nullable
    Object object(int element) throws SQLException {
        return at(element).getObject();
    }

    private int loadNumbers(ByteBuffer array) throws SQLException {
        int words = storage == ColumnSlice.DECIMAL128 ? 2 : 1;
        int count = array.remaining() / (1 + words * Long.BYTES);
        int values = nullBytes(count);
        ByteBuffer column = ByteBuffer.allocate(values + count * words * Long.BYTES);
        for (int i = 0; i < count; i++) {
            markNull(column, i, array.get() == NULL);
            long first = array.getLong() ^ Long.MIN_VALUE;
            int at = values + i * words * Long.BYTES;
            column.putLong(at, storage == ColumnSlice.DOUBLE ? first ^ ((first >> 63) & Long.MAX_VALUE) : first);
            if (words == 2) {
                column.putLong(at + Long.BYTES, array.getLong());
            }
        }
        accessor.load(column.array(), new ColumnSlice(storage, 0, values, 0));
        return count;
    }

    private int loadBytes(ByteBuffer array) throws SQLException {
        int count = countBytes(array.duplicate());
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(array.remaining());
        int offsets = nullBytes(count);
        ByteBuffer head = ByteBuffer.allocate(offsets + (count + 1) * Integer.BYTES);
        for (int i = 0; i < count; i++) {
            boolean isNull = array.get() == NULL;
            markNull(head, i, isNull);
            if (!isNull) {
                copy(array, bytes);
            }
            head.putInt(offsets + (i + 1) * Integer.BYTES, bytes.size());
        }
        byte[] column = new byte[head.capacity() + bytes.size()];
        System.arraycopy(head.array(), 0, column, 0, head.capacity());
        System.arraycopy(bytes.toByteArray(), 0, column, head.capacity(), bytes.size());
        accessor.load(column, new ColumnSlice(storage, 0, offsets, head.capacity()));
        return count;
    }

    private static int countBytes(ByteBuffer array) {
        int count = 0;
        while (array.hasRemaining()) {
            if (array.get() != NULL) {
                copy(array, null);
            }
            count++;
        }
        return count;
    }

    /** Up to the end of the element. */
    private static void copy(ByteBuffer array, @Nullable ByteArrayOutputStream out) {
        while (true) {
            byte next = array.get();
            if (next == 0 && array.get() == 1) {
                return;
            }
            if (out != null) {
                out.write(next);
            }
        }
    }

    private static int nullBytes(int count) {
        return (count + Long.SIZE - 1) / Long.SIZE * Long.BYTES;
    }

    private static void markNull(ByteBuffer column, int element, boolean isNull) {
        if (isNull) {
            int word = (element >>> 6) * Long.BYTES;
            column.putLong(word, column.getLong(word) | 1L << element);
        }
    }

    // RowPointer

    @Override
    public int row() {
        return row;
    }

    @Override
    public boolean seen(boolean isNull) {
        wasNull = isNull;
        return isNull;
    }

    @Override
    public boolean wasNull() {
        return wasNull;
    }
}
