package io.millrace.jdbc;

import java.nio.ByteBuffer;

/**
 * Where a column lies in the body of a frame.
 *
 * @param nulls where the bits of its NULLs start; -1 when it has none
 * @param values where its values start; for BYTES its offsets
 * @param bytes where the bytes of BYTES start
 */
record ColumnSlice(int storage, int nulls, int values, int bytes) {
    static final int LONG = 0;
    static final int DOUBLE = 1;
    static final int BYTES = 2;
    static final int DECIMAL128 = 3;

    static final int NO_NULLS = -1;

    boolean isNull(ByteBuffer body, int row) {
        return nulls != NO_NULLS && (body.getLong(nulls + (row >> 6) * Long.BYTES) >>> row & 1) != 0;
    }
}
