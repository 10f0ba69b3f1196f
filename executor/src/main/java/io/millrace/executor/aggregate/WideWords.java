package io.millrace.executor.aggregate;

import java.math.BigInteger;

/** Whole numbers of several words of a record, two's complement, lowest word first. What they lose is above the last. */
final class WideWords {
    private WideWords() {}

    /** Adds {@code high:low * times}, a number of 128 bits with a sign times another of 64. */
    static void addTimes(long[] page, int at, int words, long high, long low, long times) {
        long word0 = low * times;
        // low is unsigned, times is not
        long carry = Math.multiplyHigh(low, times) + (low < 0 ? times : 0);
        long product = high * times;
        long word1 = product + carry;
        long word2 =
                Math.multiplyHigh(high, times) + (carry >> 63) + (Long.compareUnsigned(word1, product) < 0 ? 1 : 0);
        add(page, at, words, word0, word1, word2);
    }

    /** Adds a number of three words. */
    static void add(long[] page, int at, int words, long word0, long word1, long word2) {
        long carry = 0;
        for (int i = 0; i < words; i++) {
            long added = i == 0 ? word0 : i == 1 ? word1 : i == 2 ? word2 : word2 >> 63;
            carry = addWord(page, at + i, added, carry);
        }
    }

    static void add(long[] page, int at, int words, BigInteger number) {
        long carry = 0;
        for (int i = 0; i < words; i++) {
            carry = addWord(page, at + i, number.shiftRight(i * Long.SIZE).longValue(), carry);
        }
    }

    /** Adds a number of as many words. */
    static void add(long[] page, int at, int words, long[] source, int sourceAt) {
        long carry = 0;
        for (int i = 0; i < words; i++) {
            carry = addWord(page, at + i, source[sourceAt + i], carry);
        }
    }

    static BigInteger value(long[] page, int at, int words) {
        byte[] bytes = new byte[words * Long.BYTES];
        for (int i = 0; i < bytes.length; i++) {
            bytes[bytes.length - 1 - i] = (byte) (page[at + i / Long.BYTES] >> (i % Long.BYTES * Byte.SIZE));
        }
        return new BigInteger(bytes);
    }

    /** Returns the carry. */
    private static long addWord(long[] page, int at, long added, long carry) {
        long sum = page[at] + added;
        long carried = sum + carry;
        page[at] = carried;
        return (Long.compareUnsigned(sum, added) < 0 ? 1 : 0) + (Long.compareUnsigned(carried, sum) < 0 ? 1 : 0);
    }
}
