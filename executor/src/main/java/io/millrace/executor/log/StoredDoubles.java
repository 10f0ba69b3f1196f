package io.millrace.executor.log;

import io.millrace.executor.column.Column;
import io.millrace.executor.column.DoubleColumn;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Decodes floating-point numbers. */
final class StoredDoubles extends StoredColumn {
    private final double[] values = new double[Column.MAX_ROWS];
    private final DoubleColumn column = new DoubleColumn(values, null, 0);

    @Override
    Column readValues(byte[] block, int at, byte encoding, int width, long @Nullable [] rowNulls, int rows) {
        if (encoding == BlockCodec.CONSTANT_DOUBLE) {
            Arrays.fill(values, 0, rows, Double.longBitsToDouble(BlockCodec.readLong(block, at)));
        } else if (encoding == BlockCodec.PLAIN_DOUBLE) {
            for (int row = 0; row < rows; row++) {
                values[row] = Double.longBitsToDouble((long) BlockCodec.LONG.get(block, at + row * 8));
            }
        } else {
            throw unknown(encoding);
        }
        column.reset(values, rowNulls, rows);
        return column;
    }
}
