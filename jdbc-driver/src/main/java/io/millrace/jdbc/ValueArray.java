package io.millrace.jdbc;

import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The elements of an ARRAY, read at once, so that they stay when the result moves on. */
final class ValueArray implements Array {
    private final int type;
    private final String typeName;
    private final Object[] values;
    private final String text;

    /** @param type of {@link java.sql.Types}, of the elements */
    ValueArray(int type, String typeName, Object[] values, String text) {
        this.type = type;
        this.typeName = typeName;
        this.values = values;
        this.text = text;
    }

    @Override
    public String getBaseTypeName() {
        return typeName;
    }

    @Override
    public int getBaseType() {
        return type;
    }

    @Override
    public Object getArray() {
        return values.clone();
    }

    @Override
    public Object getArray(@Nullable Map<String, Class<?>> map) throws SQLException {
        refuse(map);
        return getArray();
    }

    @Override
    public Object getArray(long index, int count) throws SQLException {
        if (index < 1 || count < 0 || index - 1 > values.length - (long) count) {
            throw SqlErrors.of(
                    SqlErrors.OUT_OF_RANGE,
                    "the array has no " + count + " elements from " + index + " on: it has " + values.length);
        }
        int from = (int) index - 1;
        return Arrays.copyOfRange(values, from, from + count);
    }

    @Override
    public Object getArray(long index, int count, @Nullable Map<String, Class<?>> map) throws SQLException {
        refuse(map);
        return getArray(index, count);
    }

    @Override
    public ResultSet getResultSet() throws SQLException {
        throw SqlErrors.notSupported("an ARRAY as a result set");
    }

    @Override
    public ResultSet getResultSet(@Nullable Map<String, Class<?>> map) throws SQLException {
        return getResultSet();
    }

    @Override
    public ResultSet getResultSet(long index, int count) throws SQLException {
        return getResultSet();
    }

    @Override
    public ResultSet getResultSet(long index, int count, @Nullable Map<String, Class<?>> map) throws SQLException {
        return getResultSet();
    }

    /** Nothing is held. */
    @Override
    public void free() {}

    @Override
    public String toString() {
        return text;
    }

    private static void refuse(@Nullable Map<String, Class<?>> map) throws SQLException {
        if (map != null && !map.isEmpty()) {
            throw SqlErrors.notSupported("a type map");
        }
    }
}
