package io.millrace.executor.column;

import io.millrace.plan.DataType;
import java.math.BigDecimal;
import java.util.Arrays;
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
        if (type.kind() == DataType.Kind.VARBINARY) {
            return Arrays.copyOfRange(strings.bytes, strings.start(row), strings.end(row));
        }
        return strings.string(row);
    }

    private static Object longValue(long value, DataType type) {
        return switch (type.kind()) {
            case BOOLEAN -> value != 0;
            case DECIMAL -> BigDecimal.valueOf(value, type.scale());
            default -> value;
        };
    }
}
