package io.millrace.executor.log;

import io.millrace.executor.column.Column;
import io.millrace.executor.column.LongColumn;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Decodes integers. */
final class StoredLongs extends StoredColumn {
    private final long[] values = new long[Column.MAX_ROWS];
    private final LongColumn column = new LongColumn(values, null, 0);

    @Override
    Column readValues(byte[] block, int at, byte encoding, int width, long @Nullable [] rowNulls, int rows) {
        long base = BlockCodec.readLong(block, at);
        if (encoding == BlockCodec.CONSTANT_LONG) {
            Arrays.fill(values, 0, rows, base);
        } else if (encoding == BlockCodec.FRAME) {
            readFrame(block, at + 8, base, width, rows);
        } else {
            throw unknown(encoding);
        }
        column.reset(values, rowNulls, rows);
        return column;
    }

    private void readFrame(byte[] block, int at, long base, int width, int rows) {
        switch (width) {
            case 1:
                for (int row = 0; row < rows; row++) {
                    values[row] = base + (block[at + row] & 0xFF);
                }
                break;
            case 2:
                for (int row = 0; row < rows; row++) {
                    values[row] = base + ((short) BlockCodec.SHORT.get(block, at + row * 2) & 0xFFFF);
                }
                break;
            case 4:
                for (int row = 0; row < rows; row++) {
                    values[row] = base + ((int) BlockCodec.INT.get(block, at + row * 4) & 0xFFFF_FFFFL);
                }
                break;
            default:
                for (int row = 0; row < rows; row++) {
                    values[row] = (long) BlockCodec.LONG.get(block, at + row * 8);
                }
        }
    }
}
