package io.millrace.executor.column;

import io.millrace.plan.DataType;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Grows a {@link DoubleColumn}. */
final class DoubleColumnBuilder extends ColumnBuilder {
    private static final double[] NONE = {};

    private final boolean real;

    private double[] values = NONE;

    DoubleColumnBuilder(DataType type) {
        super(type);
        real = type.kind() == DataType.Kind.REAL;
    }

    @Override
    public void appendDouble(double value) {
        reserve(1);
        values[size++] = real ? (float) value : value;
    }

    @Override
    public long sizeBytes() {
        return size * 8L + nullBytes();
    }

    @Override
    void appendPlaceholder() {
        appendDouble(0);
    }

    @Override
    void appendCanonical(Object value) {
        if (!(value instanceof Double number)) {
            throw wrongValue(value);
        }
        appendDouble(number);
    }

    @Override
    void appendRow(Column source, int row) {
        appendDouble(((DoubleColumn) source).values[row]);
    }

    @Override
    void appendRows(Column source, int count) {
        reserve(count);
        System.arraycopy(((DoubleColumn) source).values, 0, values, size, count);
        size += count;
    }

    @Override
    void appendRows(Column source, int[] rows, int count) {
        reserve(count);
        double[] from = ((DoubleColumn) source).values;
        for (int i = 0; i < count; i++) {
            values[size + i] = from[rows[i]];
        }
        size += count;
    }

    @Override
    Column viewColumn(long @Nullable [] viewedNulls) {
        return new DoubleColumn(values, viewedNulls, size);
    }

    @Override
    Column buildColumn(long @Nullable [] builtNulls) {
        Column column = new DoubleColumn(values, builtNulls, size);
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
