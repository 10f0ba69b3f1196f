package io.millrace.executor.state;

import io.millrace.executor.work.QueryScope;
import java.util.Arrays;

/**
 * Finds records by hash: open addressing, linear probing, at most half full, or three quarters when it is large. A slot is a word that holds the hash too, so
 * a probe that misses rarely touches the record, and growing never does:
 *
 * <pre>
 * slot   | hash : 32 | record + 1 : 32 |     0 = free
 * </pre>
 *
 * Which records are equal is the caller's to say. Not thread-safe.
 */
final class HashIndex {
    private static final int FIRST_SLOTS = 16;
    private static final int LARGE_SLOTS = 1 << 21;
    private static final long[] NO_SLOTS = {};

    private long[] slots = new long[FIRST_SLOTS];
    private int used;

    /** The slots, a power of two of them; valid until the next {@link #put}. A probe goes up from the hash, and around. */
    long[] slots() {
        return slots;
    }

    /** Whether the record of an entry has this hash. */
    static boolean matches(long entry, int hash) {
        return (int) (entry >>> 32) == hash;
    }

    static int record(long entry) {
        return (int) entry - 1;
    }

    /** Where a probe for a hash that no record has would end. */
    int freeSlot(int hash) {
        int slot = hash & (slots.length - 1);
        while (slots[slot] != 0) {
            slot = (slot + 1) & (slots.length - 1);
        }
        return slot;
    }

    /** Fills the free slot that a probe for the hash has ended at. */
    void put(int slot, int hash, int record) {
        slots[slot] = ((long) hash << 32) | (record + 1);
        if (++used > most(slots.length)) {
            grow();
        }
    }

    /** Lets a slot that is not free lead to another record, whose hash is the same. */
    void replace(int slot, int record) {
        slots[slot] = slots[slot] & 0xFFFF_FFFF_0000_0000L | (record + 1);
    }

    /** A large index is fuller: its memory counts for more than its probes. */
    private static int most(int slots) {
        return slots < LARGE_SLOTS ? slots / 2 : slots - slots / 4;
    }

    /** So many records will be put; while there is none. */
    void expect(int records) {
        int wanted = Math.max(FIRST_SLOTS, slots.length);
        while (records > most(wanted)) {
            wanted = Math.multiplyExact(wanted, 2);
        }
        if (used == 0 && !isReleased() && wanted > slots.length) {
            QueryScope.allocate((long) wanted * Long.BYTES);
            slots = new long[wanted];
        }
    }

    int capacity() {
        return slots.length;
    }

    void clear() {
        if (isReleased()) {
            slots = new long[FIRST_SLOTS];
        } else {
            Arrays.fill(slots, 0);
        }
        used = 0;
    }

    /** Frees the slots; nothing can be found or put until {@link #clear}. */
    void release() {
        slots = NO_SLOTS;
        used = 0;
    }

    boolean isReleased() {
        return slots.length == 0;
    }

    long bytes() {
        return (long) slots.length * Long.BYTES;
    }

    private void grow() {
        QueryScope.allocate(slots.length * 2L * Long.BYTES);
        long[] larger = new long[Math.multiplyExact(slots.length, 2)];
        int mask = larger.length - 1;
        for (long entry : slots) {
            if (entry != 0) {
                int slot = (int) (entry >>> 32) & mask;
                while (larger[slot] != 0) {
                    slot = (slot + 1) & mask;
                }
                larger[slot] = entry;
            }
        }
        slots = larger;
    }
}
