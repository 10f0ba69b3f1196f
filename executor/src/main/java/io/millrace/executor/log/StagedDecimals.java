package io.millrace.executor.log;

import io.millrace.executor.column.Column;
import io.millrace.executor.column.DecimalColumn;

/** Staged decimals of 128 bits. */
final class StagedDecimals extends StagedColumn {
    private final long[] high = new long[Column.MAX_ROWS];
    private final long[] low = new long[Column.MAX_ROWS];
    private final DecimalColumn column = new DecimalColumn(high, low, null, 0);

    @Override
    Column column() {
        column.reset(high, low, hasNulls ? nulls : null, size);
        return column;
    }

    @Override
    void copy(Column source, int from, int to) {
        DecimalColumn decimals = (DecimalColumn) source;
        System.arraycopy(decimals.high(), from, high, size, to - from);
        System.arraycopy(decimals.low(), from, low, size, to - from);
    }

    @Override
    int valueBytes() {
        return 16 + size * 16;
    }

    @Override
    int writeValues(byte[] block, int at, int directory) {
        boolean constant = true;
        for (int row = 1; row < size && constant; row++) {
            constant = high[row] == high[0] && low[row] == low[0];
        }
        int rows = constant ? 1 : size;
        encoding(block, directory, constant ? BlockCodec.CONSTANT_DECIMAL : BlockCodec.PLAIN_DECIMAL, 16);
        for (int row = 0; row < rows; row++) {
            BlockCodec.writeLong(block, at + row * 8, high[row]);
            BlockCodec.writeLong(block, at + (rows + row) * 8, low[row]);
        }
        return at + rows * 16;
    }
}
