package io.millrace.executor.column;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Null bits: bit r % 64 of word r / 64 is set when row r is NULL; no array at all when no row is. */
public final class NullBits {
    private NullBits() {}

    /** How many words {@code rows} bits take. */
    public static int words(int rows) {
        return (rows + 63) >>> 6;
    }

    public static boolean isSet(long[] bits, int row) {
        return (bits[row >> 6] & (1L << row)) != 0;
    }

    public static void set(long[] bits, int row) {
        bits[row >> 6] |= 1L << row;
    }

    public static void clear(long[] bits, int row) {
        bits[row >> 6] &= ~(1L << row);
    }

    /** Sets the first {@code rows} bits and clears those after them. */
    public static void setAll(long[] bits, int rows) {
        int full = rows >>> 6;
        Arrays.fill(bits, 0, full, -1L);
        Arrays.fill(bits, full, bits.length, 0L);
        if ((rows & 63) != 0) {
            bits[full] = (1L << rows) - 1;
        }
    }

    /** Whether any of the first {@code rows} bits is set. */
    public static boolean any(long @Nullable [] bits, int rows) {
        return bits != null && count(bits, rows) > 0;
    }

    /** How many of the first {@code rows} bits are set. */
    public static int count(long @Nullable [] bits, int rows) {
        if (bits == null) {
            return 0;
        }
        int full = rows >>> 6;
        int count = 0;
        for (int word = 0; word < full; word++) {
            count += Long.bitCount(bits[word]);
        }
        if ((rows & 63) != 0) {
            count += Long.bitCount(bits[full] & ((1L << rows) - 1));
        }
        return count;
    }

    /** Clears all bits from {@code row} on. */
    public static void clearFrom(long[] bits, int row) {
        int word = row >>> 6;
        if (word < bits.length) {
            bits[word] &= (1L << row) - 1;
            Arrays.fill(bits, word + 1, bits.length, 0L);
        }
    }

    /** The rows that are NULL in {@code a} or in {@code b}: one of them as it is, or {@code target} with both. */
    public static long @Nullable [] union(long @Nullable [] a, long @Nullable [] b, int rows, long[] target) {
        if (a == null) {
            return b;
        }
        if (b == null) {
            return a;
        }
        int words = words(rows);
        for (int word = 0; word < words; word++) {
            target[word] = a[word] | b[word];
        }
        return target;
    }

    /** At least {@code words(rows)} words; a larger copy if {@code bits} is shorter. */
    public static long[] ensure(long @Nullable [] bits, int rows) {
        int words = words(rows);
        if (bits == null) {
            return new long[words];
        }
        return bits.length >= words ? bits : Arrays.copyOf(bits, Math.max(words, bits.length * 2));
    }
}
