package io.millrace.executor.log;

import io.millrace.executor.column.Column;
import io.millrace.executor.column.DoubleColumn;

/** Staged floating-point numbers, written bit by bit, so that NaN and -0.0 stay what they are. */
final class StagedDoubles extends StagedColumn {
    private final double[] values = new double[Column.MAX_ROWS];
    private final DoubleColumn column = new DoubleColumn(values, null, 0);

    @Override
    Column column() {
        column.reset(values, hasNulls ? nulls : null, size);
        return column;
    }

    @Override
    void copy(Column source, int from, int to) {
        System.arraycopy(((DoubleColumn) source).values(), from, values, size, to - from);
    }

    @Override
    int valueBytes() {
        return 8 + size * 8;
    }

    @Override
    int writeValues(byte[] block, int at, int directory) {
        long first = size == 0 ? 0 : Double.doubleToRawLongBits(values[0]);
        boolean constant = true;
        for (int row = 1; row < size && constant; row++) {
            constant = Double.doubleToRawLongBits(values[row]) == first;
        }
        if (constant) {
            encoding(block, directory, BlockCodec.CONSTANT_DOUBLE, 0);
            BlockCodec.writeLong(block, at, first);
            return at + 8;
        }
        encoding(block, directory, BlockCodec.PLAIN_DOUBLE, 8);
        for (int row = 0; row < size; row++) {
            BlockCodec.LONG.set(block, at + row * 8, Double.doubleToRawLongBits(values[row]));
        }
        return at + size * 8;
    }
}
