package io.millrace.executor.column;

import io.millrace.plan.DataType;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Grows a {@link DecimalColumn}. */
final class DecimalColumnBuilder extends ColumnBuilder {
    private static final long[] NONE = {};

    private long[] high = NONE;
    private long[] low = NONE;

    DecimalColumnBuilder(DataType type) {
        super(type);
    }

    @Override
    public void appendDecimal(long newHigh, long newLow) {
        reserve(1);
        high[size] = newHigh;
        low[size++] = newLow;
    }

    @Override
    public long sizeBytes() {
        return size * 16L + nullBytes();
    }

    @Override
    void appendPlaceholder() {
        appendDecimal(0, 0);
    }

    @Override
    void appendCanonical(Object value) {
        if (!(value instanceof BigDecimal decimal)) {
            throw wrongValue(value);
        }
        BigInteger unscaled = Int128.unscaled(decimal, type);
        appendDecimal(Int128.high(unscaled), unscaled.longValue());
    }

    @Override
    void appendRow(Column source, int row) {
        DecimalColumn decimals = (DecimalColumn) source;
        appendDecimal(decimals.high[row], decimals.low[row]);
    }

    @Override
    void appendRows(Column source, int count) {
        reserve(count);
        DecimalColumn decimals = (DecimalColumn) source;
        System.arraycopy(decimals.high, 0, high, size, count);
        System.arraycopy(decimals.low, 0, low, size, count);
        size += count;
    }

    @Override
    void appendRows(Column source, int[] rows, int count) {
        reserve(count);
        DecimalColumn decimals = (DecimalColumn) source;
        for (int i = 0; i < count; i++) {
            high[size + i] = decimals.high[rows[i]];
            low[size + i] = decimals.low[rows[i]];
        }
        size += count;
    }

    @Override
    Column viewColumn(long @Nullable [] viewedNulls) {
        return new DecimalColumn(high, low, viewedNulls, size);
    }

    @Override
    Column buildColumn(long @Nullable [] builtNulls) {
        Column column = new DecimalColumn(high, low, builtNulls, size);
        high = NONE;
        low = NONE;
        return column;
    }

    @Override
    void reserve(int more) {
        if ((long) size + more > high.length) {
            int capacity = grown(high.length, (long) size + more);
            high = Arrays.copyOf(high, capacity);
            low = Arrays.copyOf(low, capacity);
        }
    }
}
