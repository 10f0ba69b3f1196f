package io.millrace.executor.log;

import io.millrace.executor.column.Column;
import io.millrace.executor.column.StringColumn;
import java.util.Arrays;

/** Staged strings: their lengths, as narrow as they allow, and their bytes. */
final class StagedBytes extends StagedColumn {
    private final int[] offsets = new int[Column.MAX_ROWS + 1];
    private final StringColumn column = new StringColumn(new byte[0], offsets, null, 0);

    private byte[] bytes = new byte[0];

    @Override
    Column column() {
        column.reset(bytes, offsets, hasNulls ? nulls : null, size);
        return column;
    }

    @Override
    void copy(Column source, int from, int to) {
        StringColumn strings = (StringColumn) source;
        int start = strings.start(from);
        int length = strings.offsets()[to] - start;
        int end = offsets[size];
        if (end + length > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(end + length, Math.min(bytes.length * 2, BlockCodec.MAX_BYTES)));
        }
        System.arraycopy(strings.bytes(), start, bytes, end, length);
        int[] sourceOffsets = strings.offsets();
        int shift = end - start;
        for (int row = from + 1, staged = size + 1; row <= to; row++, staged++) {
            offsets[staged] = sourceOffsets[row] + shift;
        }
    }

    @Override
    int valueBytes() {
        return 4 + size * 4 + offsets[size];
    }

    @Override
    int writeValues(byte[] block, int at, int directory) {
        int first = size == 0 ? 0 : offsets[1];
        int longest = first;
        int shortest = first;
        for (int row = 1; row < size; row++) {
            int length = offsets[row + 1] - offsets[row];
            longest = Math.max(longest, length);
            shortest = Math.min(shortest, length);
        }
        int width = width(shortest, longest);
        encoding(block, directory, BlockCodec.BYTES, width);
        BlockCodec.writeInt(block, at, first);
        writeLengths(block, at + 4, width);
        int heap = at + 4 + size * width;
        System.arraycopy(bytes, 0, block, heap, offsets[size]);
        return heap + offsets[size];
    }

    private static int width(int shortest, int longest) {
        if (shortest == longest) {
            return 0;
        }
        if (longest < 1 << 8) {
            return 1;
        }
        return longest < 1 << 16 ? 2 : 4;
    }

    private void writeLengths(byte[] block, int at, int width) {
        for (int row = 0; row < size && width > 0; row++) {
            int length = offsets[row + 1] - offsets[row];
            if (width == 1) {
                block[at + row] = (byte) length;
            } else if (width == 2) {
                BlockCodec.writeShort(block, at + row * 2, length);
            } else {
                BlockCodec.writeInt(block, at + row * 4, length);
            }
        }
    }
}
