package io.millrace.jdbc;

import java.sql.Array;
import java.sql.SQLException;
import java.sql.Types;
import java.util.Calendar;
import org.apache.calcite.avatica.ColumnMetaData;
import org.jspecify.annotations.Nullable;

/** Reads an ARRAY; as text {@code [1, 2, NULL]}, with texts and bytes in it as literals of SQL. */
final class ArrayAccessor extends ColumnAccessor {
    private final ColumnMetaData.AvaticaType component;
    private final ArrayElements elements;

    ArrayAccessor(RowPointer cursor, ColumnMetaData column, Calendar calendar) {
        super(cursor, column, calendar);
        component = ArrayElements.component(column);
        elements = new ArrayElements(column, calendar);
    }

    @Override
    boolean accepts(int storage) {
        return storage == ColumnSlice.BYTES;
    }

    @Override
    Object object() throws SQLException {
        return array();
    }

    @Override
    Array array() throws SQLException {
        int count = loadElements();
        Object[] values = (Object[]) java.lang.reflect.Array.newInstance(TypeNames.javaClass(component.id), count);
        for (int i = 0; i < count; i++) {
            values[i] = elements.object(i);
        }
        return new ValueArray(component.id, TypeNames.sql(component.name), values, text(count));
    }

    @Override
    String text() throws SQLException {
        return text(loadElements());
    }

    private int loadElements() throws SQLException {
        int row = row();
        int start = bytesStart();
        return elements.load(body, start + intAt(row), start + intAt(row + 1));
    }

    private String text(int count) throws SQLException {
        StringBuilder text = new StringBuilder("[");
        for (int i = 0; i < count; i++) {
            text.append(i == 0 ? "" : ", ").append(literal(elements.at(i).getString()));
        }
        return text.append(']').toString();
    }

    private String literal(@Nullable String value) {
        if (value == null) {
            return "NULL";
        }
        switch (component.id) {
            case Types.VARCHAR:
                return "'" + value.replace("'", "''") + "'";
            case Types.VARBINARY:
                return "X'" + value + "'";
            default:
                return value;
        }
    }
}
