package io.millrace.executor.log;

import io.millrace.executor.column.Column;
import io.millrace.executor.column.StringColumn;
import org.jspecify.annotations.Nullable;

/** Decodes strings: only the offsets; the bytes stay where they are, in the block. */
final class StoredBytes extends StoredColumn {
    private final int[] offsets = new int[Column.MAX_ROWS + 1];
    private final StringColumn column = new StringColumn(new byte[0], offsets, null, 0);

    @Override
    Column readValues(byte[] block, int at, byte encoding, int width, long @Nullable [] rowNulls, int rows) {
        if (encoding != BlockCodec.BYTES) {
            throw unknown(encoding);
        }
        int lengths = at + 4;
        int position = lengths + rows * width;
        offsets[0] = position;
        switch (width) {
            case 0:
                int same = BlockCodec.readInt(block, at);
                for (int row = 1; row <= rows; row++) {
                    offsets[row] = position + same * row;
                }
                break;
            case 1:
                for (int row = 0; row < rows; row++) {
                    position += block[lengths + row] & 0xFF;
                    offsets[row + 1] = position;
                }
                break;
            case 2:
                for (int row = 0; row < rows; row++) {
                    position += (short) BlockCodec.SHORT.get(block, lengths + row * 2) & 0xFFFF;
                    offsets[row + 1] = position;
                }
                break;
            default:
                for (int row = 0; row < rows; row++) {
                    position += (int) BlockCodec.INT.get(block, lengths + row * 4);
                    offsets[row + 1] = position;
                }
        }
        column.reset(block, offsets, rowNulls, rows);
        return column;
    }
}
