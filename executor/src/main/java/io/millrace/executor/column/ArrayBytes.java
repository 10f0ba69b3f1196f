package io.millrace.executor.column;

import io.millrace.plan.DataType;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * How an ARRAY lies in bytes: equal arrays have equal bytes, and the order of the bytes is that of the arrays, element by
 * element, NULL after all values, an array before those that it begins.
 *
 * <pre>
 * array       | element | element | …
 * element     | 1 | value |    or, NULL,   | 2 | zeros as long as a value; none for BYTES |
 *
 * LONG        8 bytes, the highest first, the sign turned over
 * DOUBLE      the same, of bits that are ordered as the numbers are; -0.0 is 0.0, and all NaNs are one
 * DECIMAL128  16 bytes likewise
 * BYTES       the bytes, with 255 after each 0; then 0 and 1
 * </pre>
 */
final class ArrayBytes {
    static final byte VALUE = 1;
    static final byte NULL = 2;
    /** After a 0: this 0 is one of the value's. */
    static final byte ESCAPED = (byte) 255;
    /** After a 0: the value has ended. */
    static final byte END = 1;

    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

    private ArrayBytes() {}

    /** How many bytes an element takes, with its first; 0 when they differ. */
    static int width(DataType element) {
        return switch (element.storage()) {
            case LONG, DOUBLE -> 1 + Long.BYTES;
            case DECIMAL128 -> 1 + 2 * Long.BYTES;
            case BYTES -> 0;
        };
    }

    static long word(byte[] bytes, int at) {
        return (long) LONGS.get(bytes, at);
    }

    static void word(byte[] bytes, int at, long word) {
        LONGS.set(bytes, at, word);
    }

    /** The number that sorts as the double of these bits does; and back. */
    static long turned(long bits) {
        return bits ^ ((bits >> 63) & Long.MAX_VALUE);
    }
}
