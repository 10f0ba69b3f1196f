package io.millrace.executor.log;

import io.millrace.executor.column.Column;
import io.millrace.plan.DataType;
import java.util.Arrays;

/** The rows of one column that will become a block. */
abstract sealed class StagedColumn permits StagedLongs, StagedDoubles, StagedBytes, StagedDecimals {
    final long[] nulls = new long[Column.MAX_ROWS / 64];
    boolean hasNulls;
    int size;

    static StagedColumn of(DataType type) {
        switch (type.storage()) {
            case DOUBLE:
                return new StagedDoubles();
            case BYTES:
                return new StagedBytes();
            case DECIMAL128:
                return new StagedDecimals();
            default:
                return new StagedLongs();
        }
    }

    final void add(Column source, int from, int to) {
        long[] sourceNulls = source.nulls();
        if (sourceNulls != null) {
            for (int row = from; row < to; row++) {
                if ((sourceNulls[row >> 6] & (1L << row)) != 0) {
                    int staged = size + row - from;
                    nulls[staged >> 6] |= 1L << staged;
                    hasNulls = true;
                }
            }
        }
        copy(source, from, to);
        size += to - from;
    }

    void clear() {
        size = 0;
        if (hasNulls) {
            Arrays.fill(nulls, 0);
            hasNulls = false;
        }
    }

    /** An upper bound of what {@link #write} writes. */
    final int maximumBytes() {
        return nulls.length * 8 + 16 + valueBytes();
    }

    /** Writes the column at {@code at} and its entry in the directory; returns where it ends. */
    final int write(byte[] block, int at, int directory) {
        int position = at;
        BlockCodec.writeInt(block, directory, at);
        block[directory + 6] = (byte) (hasNulls ? 1 : 0);
        block[directory + 7] = 0;
        if (hasNulls) {
            for (int word = 0; word < (size + 63) >> 6; word++, position += 8) {
                BlockCodec.writeLong(block, position, nulls[word]);
            }
        }
        return writeValues(block, position, directory);
    }

    static void encoding(byte[] block, int directory, byte encoding, int width) {
        block[directory + 4] = encoding;
        block[directory + 5] = (byte) width;
    }

    final boolean isNull(int row) {
        return hasNulls && (nulls[row >> 6] & (1L << row)) != 0;
    }

    /** The staged rows as a column, valid until the next change. */
    abstract Column column();

    abstract void copy(Column source, int from, int to);

    abstract int valueBytes();

    abstract int writeValues(byte[] block, int at, int directory);
}
