package io.millrace.jdbc;

import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * What rows look like, in 128 bits each: enough that two which differ never look the same. What goes and what is replaced
 * look alike, as do what comes and what replaces: which of them a change is called depends on how its step was cut.
 */
final class RowHashes {
    private static final String OPERATION = "mr_op";
    private static final int OPERATION_COLUMN = 2;
    private static final long FIRST_SEED = 0x9E3779B97F4A7C15L;
    private static final long SECOND_SEED = 0xC2B2AE3D27D4EB4FL;
    private static final long NULL_WORD = 0x5DEECE66DL;

    private final boolean hasOperation;
    private long[] words = new long[32];
    private int count;

    /** @param label of the third column; empty when there is none */
    RowHashes(String label) {
        hasOperation = label.equalsIgnoreCase(OPERATION);
    }

    int count() {
        return count;
    }

    void clear() {
        count = 0;
        if (words.length > 1 << 16) {
            words = new long[32];
        }
    }

    long first(int row) {
        return words[2 * row];
    }

    long second(int row) {
        return words[2 * row + 1];
    }

    private void add(long first, long second) {
        if (2 * count + 2 > words.length) {
            words = Arrays.copyOf(words, 2 * words.length);
        }
        words[2 * count] = first;
        words[2 * count + 1] = second;
        count++;
    }

    /** Adds a row of others. */
    void add(RowHashes rows, int row) {
        add(rows.first(row), rows.second(row));
    }

    void addAll(RowHashes rows) {
        for (int row = 0; row < rows.count(); row++) {
            add(rows, row);
        }
    }

    /** Looks at the rows of a frame from one on, up to another. */
    RowHashes of(ColumnFrame frame, int from, int end) {
        RowHashes rows = new RowHashes("");
        ByteBuffer body = ByteBuffer.wrap(frame.body());
        long[] both = new long[2];
        for (int row = from; row < end; row++) {
            both[0] = FIRST_SEED;
            both[1] = SECOND_SEED;
            for (int i = 0; i < frame.columns().length; i++) {
                add(frame.columns()[i], body, row, hasOperation && i == OPERATION_COLUMN, both);
            }
            rows.add(both[0], both[1]);
        }
        return rows;
    }

    private static void add(ColumnSlice column, ByteBuffer body, int row, boolean isOperation, long[] both) {
        if (column.isNull(body, row)) {
            mix(both, NULL_WORD);
            return;
        }
        switch (column.storage()) {
            case ColumnSlice.DECIMAL128:
                mix(both, body.getLong(column.values() + 16 * row));
                mix(both, body.getLong(column.values() + 16 * row + 8));
                break;
            case ColumnSlice.BYTES:
                int start = column.bytes() + body.getInt(column.values() + 4 * row);
                int end = column.bytes() + body.getInt(column.values() + 4 * row + 4);
                if (isOperation) {
                    mix(both, isGone(body, start) ? 1 : 0);
                } else {
                    addBytes(body, start, end, both);
                }
                break;
            default:
                mix(both, body.getLong(column.values() + 8 * row));
        }
    }

    private static boolean isGone(ByteBuffer body, int start) {
        return body.get(start) == '-';
    }

    private static void addBytes(ByteBuffer body, int start, int end, long[] both) {
        mix(both, end - start);
        int at = start;
        for (; at + Long.BYTES <= end; at += Long.BYTES) {
            mix(both, body.getLong(at));
        }
        long rest = 0;
        for (; at < end; at++) {
            rest = rest << Byte.SIZE | body.get(at) & 0xFF;
        }
        mix(both, rest);
    }

    private static void mix(long[] both, long word) {
        both[0] = mix(both[0] * 31 + word);
        both[1] = mix((both[1] ^ word) * FIRST_SEED + 1);
    }

    /** Stafford's thirteenth variant of the finalizer of MurmurHash3. */
    private static long mix(long value) {
        long mixed = (value ^ value >>> 30) * 0xBF58476D1CE4E5B9L;
        mixed = (mixed ^ mixed >>> 27) * 0x94D049BB133111EBL;
        return mixed ^ mixed >>> 31;
    }
}
