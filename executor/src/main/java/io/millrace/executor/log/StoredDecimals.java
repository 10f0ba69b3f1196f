package io.millrace.executor.log;

import io.millrace.executor.column.Column;
import io.millrace.executor.column.DecimalColumn;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Decodes decimals of 128 bits. */
final class StoredDecimals extends StoredColumn {
    private final long[] high = new long[Column.MAX_ROWS];
    private final long[] low = new long[Column.MAX_ROWS];
    private final DecimalColumn column = new DecimalColumn(high, low, null, 0);

    @Override
    Column readValues(byte[] block, int at, byte encoding, int width, long @Nullable [] rowNulls, int rows) {
        if (encoding == BlockCodec.CONSTANT_DECIMAL) {
            Arrays.fill(high, 0, rows, BlockCodec.readLong(block, at));
            Arrays.fill(low, 0, rows, BlockCodec.readLong(block, at + 8));
        } else if (encoding == BlockCodec.PLAIN_DECIMAL) {
            for (int row = 0; row < rows; row++) {
                high[row] = (long) BlockCodec.LONG.get(block, at + row * 8);
                low[row] = (long) BlockCodec.LONG.get(block, at + (rows + row) * 8);
            }
        } else {
            throw unknown(encoding);
        }
        column.reset(high, low, rowNulls, rows);
        return column;
    }
}
