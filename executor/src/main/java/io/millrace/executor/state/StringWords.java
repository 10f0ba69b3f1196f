package io.millrace.executor.state;

import io.millrace.executor.checkpoint.StateReader;
import io.millrace.executor.checkpoint.StateWriter;
import io.millrace.executor.column.ColumnBuilder;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * A string as two words. Up to 15 bytes lie in them; of a longer one, the first 8 and its number in the {@link
 * StringInterner}. Bytes are big-endian, so that unsigned words are in the order of the bytes.
 *
 * <pre>
 *          first                     second
 * NULL     | 0                     | 0                                     |
 * short    | bytes 0 to 7          | bytes 8 to 14            | length + 1 |
 * long     | bytes 0 to 7          | number                   | 255        |
 * </pre>
 */
public final class StringWords {
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);
    private static final int MAX_SHORT = 15;
    private static final int LONG_TAG = 0xFF;

    private StringWords() {}

    /** The first word of a string. */
    public static long first(byte[] bytes, int start, int length) {
        return load(bytes, start, length);
    }

    /** The second word of a string; a long one is interned. */
    public static long second(byte[] bytes, int start, int length, StringInterner interner) {
        if (length > MAX_SHORT) {
            return ((long) interner.intern(bytes, start, length) << 8) | LONG_TAG;
        }
        return shortSecond(bytes, start, length);
    }

    /** The same, but a long string that has not been interned gets a word that no other has. */
    static long known(byte[] bytes, int start, int length, StringInterner interner) {
        return length > MAX_SHORT
                ? ((long) interner.find(bytes, start, length) << 8) | LONG_TAG
                : shortSecond(bytes, start, length);
    }

    private static long shortSecond(byte[] bytes, int start, int length) {
        return (length <= 8 ? 0 : load(bytes, start + 8, length - 8)) | (length + 1);
    }

    public static boolean isNull(long second) {
        return second == 0;
    }

    static boolean isLong(long second) {
        return (second & 0xFF) == LONG_TAG;
    }

    static int id(long second) {
        return (int) (second >>> 8);
    }

    /** Compares two strings, neither NULL, by their bytes. */
    public static int compare(long first1, long second1, long first2, long second2, StringInterner interner) {
        if (first1 != first2) {
            return Long.compareUnsigned(first1, first2);
        }
        if (second1 == second2) {
            return 0;
        }
        if (!isLong(second1) && !isLong(second2)) {
            return Long.compareUnsigned(second1, second2);
        }
        return Arrays.compareUnsigned(bytes(first1, second1, interner), bytes(first2, second2, interner));
    }

    /** Compares a string in state with one of a column, neither NULL. */
    public static int compare(long first, long second, byte[] bytes, int start, int length, StringInterner interner) {
        long otherFirst = load(bytes, start, length);
        if (first != otherFirst) {
            return Long.compareUnsigned(first, otherFirst);
        }
        if (!isLong(second) && length <= MAX_SHORT) {
            return Long.compareUnsigned(second, second(bytes, start, length, interner));
        }
        byte[] own = bytes(first, second, interner);
        return Arrays.compareUnsigned(own, 0, own.length, bytes, start, start + length);
    }

    /** The bytes of a string that is not NULL; not to be changed. */
    static byte[] bytes(long first, long second, StringInterner interner) {
        if (isLong(second)) {
            return interner.string(id(second));
        }
        byte[] bytes = new byte[16];
        write(first, second, bytes);
        return Arrays.copyOf(bytes, shortLength(second));
    }

    /** Appends a string to a column. */
    public static void append(long first, long second, StringInterner interner, byte[] scratch, ColumnBuilder out) {
        if (isNull(second)) {
            out.appendNull();
        } else if (isLong(second)) {
            byte[] bytes = interner.string(id(second));
            out.appendBytes(bytes, 0, bytes.length);
        } else {
            write(first, second, scratch);
            out.appendBytes(scratch, 0, shortLength(second));
        }
    }

    /** Writes the two words of a string, NULL or not, that lie in a page, and after them the bytes of a long one. */
    public static void save(long[] page, int at, StringInterner interner, StateWriter out) {
        out.numbers(page, at, 2);
        saveLong(page[at + 1], interner, out);
    }

    /** Reads what was written of a string into a page; a long one is interned. */
    public static void restore(long[] page, int at, StringInterner interner, StateReader in) {
        in.numbers(page, at, 2);
        restoreLong(page, at, interner, in);
    }

    static void saveLong(long second, StringInterner interner, StateWriter out) {
        if (isLong(second)) {
            byte[] bytes = interner.string(id(second));
            out.bytes(bytes, 0, bytes.length);
        }
    }

    static void restoreLong(long[] page, int at, StringInterner interner, StateReader in) {
        if (isLong(page[at + 1])) {
            byte[] bytes = in.bytes();
            page[at + 1] = second(bytes, 0, bytes.length, interner);
        }
    }

    private static int shortLength(long second) {
        return (int) (second & 0xFF) - 1;
    }

    private static void write(long first, long second, byte[] target) {
        LONGS.set(target, 0, first);
        LONGS.set(target, 8, second);
    }

    /** The first bytes, at most 8, of a string, followed by zeros. */
    private static long load(byte[] bytes, int start, int length) {
        if (length == 0) {
            return 0;
        }
        if (start + Long.BYTES <= bytes.length) {
            long word = (long) LONGS.get(bytes, start);
            return length >= Long.BYTES ? word : word & (-1L << (64 - 8 * length));
        }
        long word = 0;
        for (int i = 0; i < Math.min(length, Long.BYTES); i++) {
            word |= (bytes[start + i] & 0xFFL) << (56 - 8 * i);
        }
        return word;
    }
}
