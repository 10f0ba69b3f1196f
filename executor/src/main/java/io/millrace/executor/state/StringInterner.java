package io.millrace.executor.state;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * Gives each distinct long string a number, so that elsewhere in the state two words stand for any string and equal
 * strings have equal words. Strings that are no longer referred to go by mark and sweep:  {@link #beginMark}, {@link
 * #mark} each that is in use, {@link #sweep}. Not thread-safe.
 */
public final class StringInterner {
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);
    private static final long SWEEP_BYTES = 1 << 20;
    private static final long STRING_OVERHEAD = 24;
    private static final byte[] NONE = {};

    private HashIndex index = new HashIndex();
    private byte[][] strings = new byte[16][];
    private int[] hashes = new int[16];
    private int[] free = new int[16];
    private boolean[] marks = new boolean[0];
    private int freeCount;
    private int used;
    private long bytes;
    private long bytesAfterSweep;

    /** The number of a string; the bytes are copied when it is new. */
    int intern(byte[] source, int from, int length) {
        int hash = hash(source, from, length);
        long[] slots = index.slots();
        int slot = hash & (slots.length - 1);
        while (slots[slot] != 0) {
            int id = HashIndex.record(slots[slot]);
            if (HashIndex.matches(slots[slot], hash)
                    && Arrays.equals(strings[id], 0, strings[id].length, source, from, from + length)) {
                return id;
            }
            slot = (slot + 1) & (slots.length - 1);
        }
        int id = freeCount > 0 ? free[--freeCount] : used++;
        if (id == strings.length) {
            strings = Arrays.copyOf(strings, id * 2);
            hashes = Arrays.copyOf(hashes, id * 2);
            free = Arrays.copyOf(free, id * 2);
        }
        strings[id] = Arrays.copyOfRange(source, from, from + length);
        hashes[id] = hash;
        index.put(slot, hash, id);
        bytes += length;
        return id;
    }

    /** The number of a string that has been interned; else -1. */
    int find(byte[] source, int from, int length) {
        int hash = hash(source, from, length);
        long[] slots = index.slots();
        int slot = hash & (slots.length - 1);
        while (slots[slot] != 0) {
            int id = HashIndex.record(slots[slot]);
            if (HashIndex.matches(slots[slot], hash)
                    && Arrays.equals(strings[id], 0, strings[id].length, source, from, from + length)) {
                return id;
            }
            slot = (slot + 1) & (slots.length - 1);
        }
        return -1;
    }

    byte[] string(int id) {
        return strings[id];
    }

    /** Whether enough strings have come since the last sweep to make one worth while. */
    public boolean isSweepDue() {
        return bytes - bytesAfterSweep > Math.max(SWEEP_BYTES, bytesAfterSweep);
    }

    public void beginMark() {
        marks = new boolean[used];
    }

    /** Keeps the string that two words stand for, if it is a long one. */
    public void mark(long second) {
        if (StringWords.isLong(second)) {
            marks[StringWords.id(second)] = true;
        }
    }

    /** Drops the strings that have not been marked; the numbers of the others stay. */
    public void sweep() {
        index = new HashIndex();
        freeCount = 0;
        bytes = 0;
        for (int id = 0; id < used; id++) {
            if (!marks[id]) {
                strings[id] = NONE;
                free[freeCount++] = id;
                continue;
            }
            long[] slots = index.slots();
            int slot = hashes[id] & (slots.length - 1);
            while (slots[slot] != 0) {
                slot = (slot + 1) & (slots.length - 1);
            }
            index.put(slot, hashes[id], id);
            bytes += strings[id].length;
        }
        bytesAfterSweep = bytes;
        marks = new boolean[0];
    }

    public long bytes() {
        return bytes + index.bytes() + strings.length * (8L + STRING_OVERHEAD);
    }

    private static int hash(byte[] source, int from, int length) {
        long hash = length;
        int at = from;
        for (int end = from + length - Long.BYTES; at <= end; at += Long.BYTES) {
            hash = Hashing.mix(hash, (long) LONGS.get(source, at));
        }
        // what is left is read again with the bytes before it
        hash = Hashing.mix(hash, (long) LONGS.get(source, from + length - Long.BYTES));
        return Hashing.fold(hash);
    }
}
