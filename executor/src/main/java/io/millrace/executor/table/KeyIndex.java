package io.millrace.executor.table;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.Arrays;

/**
 * Finds rows by the hash of their key: open addressing, linear probing, at most half full, or three quarters when it is large. A slot holds the newest row of a
 * key; from there a chain leads to the older ones, which readers of older positions want.
 *
 * <pre>
 * slot     | hash : 32 | row + 1 : 32 |     0 = free, row -2 = the only row of the key was undone
 * older    per row: the row before it with the same key, -1 = none
 * </pre>
 *
 * One thread writes, any number read. A reader may meet rows that are newer than it; it passes them along the chain.
 */
final class KeyIndex {
    static final int NONE = -1;

    static final int UNKNOWN = -2;

    private static final int UNDONE = -2;
    private static final int FIRST_SLOTS = 64;
    private static final int LARGE_SLOTS = 1 << 21;
    private static final VarHandle SLOTS = MethodHandles.arrayElementVarHandle(long[].class);

    private volatile long[] slots;
    private volatile int[] older;
    private int used;

    /** So that what is read only to be near is read. */
    @SuppressWarnings("unused")
    private long touched;

    KeyIndex() {
        this(0);
    }

    /** @param keys for which there is room at once */
    KeyIndex(int keys) {
        int wanted = FIRST_SLOTS;
        while (keys > room(wanted)) {
            wanted = Math.multiplyExact(wanted, 2);
        }
        slots = new long[wanted];
        older = new int[Math.max(FIRST_SLOTS, keys)];
    }

    /** How many keys so many slots have room for. */
    private static int room(int slots) {
        return slots < LARGE_SLOTS ? slots / 2 : slots - slots / 4;
    }

    /** Says whether a row has the key that is looked for. */
    @FunctionalInterface
    interface Match {
        boolean test(int row);
    }

    /**
     * The newest row below {@code rowCount} of a key.
     *
     * @return {@link #NONE} when there is none
     */
    int newest(int hash, int rowCount, Match match) {
        long[] current = slots;
        int mask = current.length - 1;
        for (int slot = hash & mask; ; slot = (slot + 1) & mask) {
            long entry = (long) SLOTS.getAcquire(current, slot);
            if (entry == 0) {
                return NONE;
            }
            if (hash(entry) == hash) {
                int row = row(entry);
                while (row >= rowCount) {
                    row = older(row);
                }
                if (row >= 0 && match.test(row)) {
                    return row;
                }
            }
        }
    }

    /**
     * For each hash the newest row below {@code rowCount} of the first key that has it, which is most often the one that is looked
     * for; {@link #NONE} when no key has it, {@link #UNKNOWN} when only {@link #newest} can tell. The places are read first in a
     * loop that does nothing else, so that a processor waits for many at a time.
     */
    void candidates(int[] hashes, int count, int rowCount, int[] rows) {
        touch(hashes, count);
        long[] current = slots;
        int mask = current.length - 1;
        for (int i = 0; i < count; i++) {
            int slot = hashes[i] & mask;
            long entry = current[slot];
            while (entry != 0 && hash(entry) != hashes[i]) {
                slot = (slot + 1) & mask;
                entry = current[slot];
            }
            int row = entry == 0 ? NONE : row(entry);
            while (row >= rowCount) {
                row = older(row);
            }
            rows[i] = row < 0 && entry != 0 ? UNKNOWN : row;
        }
    }

    /** Reads the places of hashes, so that they are near. */
    void touch(int[] hashes, int count) {
        long[] current = slots;
        int mask = current.length - 1;
        long read = 0;
        for (int i = 0; i < count; i++) {
            read += current[hashes[i] & mask];
        }
        touched = read;
    }

    /** The row before one with the same key; {@link #NONE} when it is the oldest. */
    int older(int row) {
        return older[row];
    }

    /** Adds a row whose key no other row has, or which comes after {@code previous}, the newest of its key. */
    void add(int hash, int row, int previous) {
        reserve(row);
        older[row] = previous;
        if (previous == NONE) {
            long[] current = slots;
            int slot = hash & (current.length - 1);
            while (current[slot] != 0) {
                slot = (slot + 1) & (current.length - 1);
            }
            put(current, slot, hash, row);
            if (++used > room(current.length)) {
                grow();
            }
        } else {
            put(slots, slotOf(hash, previous), hash, row);
        }
    }

    /** Takes back the newest row of its key. */
    void undo(int hash, int row) {
        int before = older[row];
        put(slots, slotOf(hash, row), hash, before == NONE ? UNDONE : before);
    }

    private int slotOf(int hash, int row) {
        long[] current = slots;
        long wanted = entry(hash, row);
        int slot = hash & (current.length - 1);
        while (current[slot] != wanted) {
            if (current[slot] == 0) {
                throw new IllegalStateException("row " + row + " is not in the index");
            }
            slot = (slot + 1) & (current.length - 1);
        }
        return slot;
    }

    private static void put(long[] into, int slot, int hash, int row) {
        SLOTS.setRelease(into, slot, entry(hash, row));
    }

    private static long entry(int hash, int row) {
        return ((long) hash << 32) | ((row + 1) & 0xFFFFFFFFL);
    }

    private static int hash(long entry) {
        return (int) (entry >>> 32);
    }

    private static int row(long entry) {
        return (int) entry - 1;
    }

    private void reserve(int row) {
        if (row >= older.length) {
            older = Arrays.copyOf(older, Math.max(row + 1, older.length + (older.length >> 1)));
        }
    }

    private void grow() {
        long[] current = slots;
        long[] larger = new long[Math.multiplyExact(current.length, 2)];
        int mask = larger.length - 1;
        used = 0;
        for (long entry : current) {
            if (entry != 0 && row(entry) != UNDONE) {
                int slot = hash(entry) & mask;
                while (larger[slot] != 0) {
                    slot = (slot + 1) & mask;
                }
                larger[slot] = entry;
                used++;
            }
        }
        slots = larger;
    }

    long bytes() {
        return (long) slots.length * Long.BYTES + (long) older.length * Integer.BYTES;
    }
}
