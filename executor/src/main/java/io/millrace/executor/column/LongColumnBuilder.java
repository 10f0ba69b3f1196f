package io.millrace.executor.column;

import io.millrace.error.ErrorCode;
import io.millrace.error.MillraceException;
import io.millrace.plan.DataType;
import java.math.BigDecimal;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Grows a {@link LongColumn}. */
final class LongColumnBuilder extends ColumnBuilder {
    private static final long[] NONE = {};

    private long[] values = NONE;

    LongColumnBuilder(DataType type) {
        super(type);
    }

    @Override
    public void appendLong(long value) {
        reserve(1);
        values[size++] = value;
    }

    @Override
    public long sizeBytes() {
        return size * 8L + nullBytes();
    }

    @Override
    void appendPlaceholder() {
        appendLong(0);
    }

    @Override
    void appendCanonical(Object value) {
        if (value instanceof Long number) {
            appendLong(inRange(number));
        } else if (value instanceof Boolean truth) {
            appendLong(truth ? 1 : 0);
        } else if (value instanceof BigDecimal decimal && type.kind() == DataType.Kind.DECIMAL) {
            appendLong(Int128.unscaled(decimal, type).longValue());
        } else {
            throw wrongValue(value);
        }
    }

    private long inRange(long number) {
        boolean fits = switch (type.kind()) {
            case TINYINT -> number == (byte) number;
            case SMALLINT -> number == (short) number;
            case INTEGER -> number == (int) number;
            default -> true;
        };
        if (!fits) {
            throw new MillraceException(
                    ErrorCode.NUMERIC_OUT_OF_RANGE, "value \"" + number + "\" is out of range for type " + type);
        }
        return number;
    }

    @Override
    void appendRow(Column source, int row) {
        appendLong(((LongColumn) source).values[row]);
    }

    @Override
    void appendRows(Column source, int count) {
        reserve(count);
        System.arraycopy(((LongColumn) source).values, 0, values, size, count);
        size += count;
    }

    @Override
    void appendRows(Column source, int[] rows, int count) {
        reserve(count);
        long[] from = ((LongColumn) source).values;
        for (int i = 0; i < count; i++) {
            values[size + i] = from[rows[i]];
        }
        size += count;
    }

    @Override
    Column viewColumn(long @Nullable [] viewedNulls) {
        return new LongColumn(values, viewedNulls, size);
    }

    @Override
    Column buildColumn(long @Nullable [] builtNulls) {
        Column column = new LongColumn(values, builtNulls, size);
        values = NONE;
        return column;
    }

    @Override
    void reserve(int more) {
        if ((long) size + more > values.length) {
            values = Arrays.copyOf(values, grown(values.length, (long) size + more));
        }
    }
}
