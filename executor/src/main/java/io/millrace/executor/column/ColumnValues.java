package io.millrace.executor.column;

import io.millrace.plan.DataType;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads canonical values (see {@link DataType}) from columns, for the edges of the engine: it allocates. */
public final class ColumnValues {
    private ColumnValues() {}

    /** The value of one row of a column of the type; null for NULL. */
    public static @Nullable Object value(Column column, int row, DataType type) {
        if (column.isNull(row) || type.kind() == DataType.Kind.NULL) {
            return null;
        }
        if (column instanceof LongColumn longs) {
            return longValue(longs.values[row], type);
        }
        if (column instanceof DoubleColumn doubles) {
            return doubles.values[row];
        }
        if (column instanceof DecimalColumn decimals) {
            return Int128.toBigDecimal(decimals.high[row], decimals.low[row], type.scale());
        }
        StringColumn strings = (StringColumn) column;
        if (type.isArray()) {
            return elementValues(strings, row, type.elementType());
        }
        if (type.kind() == DataType.Kind.VARBINARY) {
            return Arrays.copyOfRange(strings.bytes, strings.start(row), strings.end(row));
        }
        return strings.string(row);
    }

    /** The elements of an ARRAY, as a column of their own. */
    public static Column elements(StringColumn arrays, int row, DataType type) {
        ArrayReader reader = new ArrayReader(type);
        ColumnBuilder builder = ColumnBuilder.of(type);
        reader.reset(arrays, row);
        while (reader.next()) {
            reader.appendTo(builder);
        }
        return builder.build();
    }

    private static List<@Nullable Object> elementValues(StringColumn arrays, int row, DataType type) {
        Column elements = elements(arrays, row, type);
        List<@Nullable Object> values = new ArrayList<>(elements.size());
        for (int i = 0; i < elements.size(); i++) {
            values.add(value(elements, i, type));
        }
        return Collections.unmodifiableList(values);
    }

    private static Object longValue(long value, DataType type) {
        return switch (type.kind()) {
            case BOOLEAN -> value != 0;
            case DECIMAL -> BigDecimal.valueOf(value, type.scale());
            default -> value;
        };
    }
}
