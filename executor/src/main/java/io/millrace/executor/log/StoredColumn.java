package io.millrace.executor.log;

import io.millrace.executor.column.Column;
import io.millrace.plan.DataType;
import org.jspecify.annotations.Nullable;

/** Decodes one column of a block into arrays that it reuses. */
abstract sealed class StoredColumn permits StoredLongs, StoredDoubles, StoredBytes, StoredDecimals {
    private final long[] nulls = new long[Column.MAX_ROWS / 64];

    static StoredColumn of(DataType type) {
        switch (type.storage()) {
            case DOUBLE:
                return new StoredDoubles();
            case BYTES:
                return new StoredBytes();
            case DECIMAL128:
                return new StoredDecimals();
            default:
                return new StoredLongs();
        }
    }

    /** Decodes the column whose directory entry is at {@code directory}; valid until the next call. */
    final Column read(byte[] block, int directory, int rows) {
        int at = BlockCodec.readInt(block, directory);
        long @Nullable [] rowNulls = null;
        if (block[directory + 6] != 0) {
            for (int word = 0; word < (rows + 63) >> 6; word++, at += 8) {
                nulls[word] = BlockCodec.readLong(block, at);
            }
            rowNulls = nulls;
        }
        return readValues(block, at, block[directory + 4], block[directory + 5], rowNulls, rows);
    }

    static IllegalStateException unknown(byte encoding) {
        return new IllegalStateException("unknown encoding " + encoding);
    }

    abstract Column readValues(byte[] block, int at, byte encoding, int width, long @Nullable [] rowNulls, int rows);
}
