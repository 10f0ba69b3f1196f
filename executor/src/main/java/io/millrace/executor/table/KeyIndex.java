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
 * A large index is divided by the upper bits of the hash into parts that grow by themselves, and what is kept per row lies in pages: nobody
 * waits until all of it has been moved.
 *
 * <p>One thread writes, any number read. A reader may meet rows that are newer than it; it passes them along the chain.
 */
final class KeyIndex {
    static final int NONE = -1;

    static final int UNKNOWN = -2;

    private static final int UNDONE = -2;
    private static final int FIRST_SLOTS = 64;
    /** More are divided. */
    private static final int UNDIVIDED_SLOTS = 1 << 16;

    private static final int PART_BITS = 8;
    private static final int PARTS = 1 << PART_BITS;
    /** A part with more of them is fuller: its memory counts for more than its probes. */
    private static final int LARGE_SLOTS = 1 << 13;

    private static final int PAGE_SHIFT = 14;
    private static final int PAGE_MASK = (1 << PAGE_SHIFT) - 1;
    private static final VarHandle SLOTS = MethodHandles.arrayElementVarHandle(long[].class);
    private static final VarHandle PART = MethodHandles.arrayElementVarHandle(long[][].class);

    /** The slots of one part, or of as many as there may be. */
    private volatile long[][] parts;

    /** By the parts, how many slots are not free. */
    private int[] used;

    private volatile int[][] older;
    private int rowRoom;
    private long slotCount;
    /** By the part; 0 when none is to be prepared. */
    private int slotsToPrepare;

    private int prepared;

    /** So that what is read only to be near is read. */
    @SuppressWarnings("unused")
    private long touched;

    KeyIndex() {
        this(0);
    }

    /** @param keys for which there is room at once */
    KeyIndex(int keys) {
        int wanted = FIRST_SLOTS;
        while (wanted < UNDIVIDED_SLOTS && keys > wanted / 2) {
            wanted *= 2;
        }
        if (keys > wanted / 2) {
            wanted = slotsOfPart(keys);
            parts = new long[PARTS][wanted];
        } else {
            parts = new long[1][wanted];
        }
        used = new int[parts.length];
        slotCount = (long) parts.length * wanted;
        older = new int[1][];
    }

    /** An index that will have room for so many keys when all of it is {@link #prepare prepared}; until then nothing can be added. */
    static KeyIndex toPrepare(int keys) {
        KeyIndex index = new KeyIndex();
        int slots = slotsOfPart(keys);
        if (slots * PARTS > UNDIVIDED_SLOTS) {
            index.parts = new long[PARTS][];
            index.used = new int[PARTS];
            index.slotCount = 0;
            index.slotsToPrepare = slots;
        }
        return index;
    }

    /**
     * Makes a part of the room, about so many bytes.
     *
     * @return whether all of it is there
     */
    boolean prepare(long bytes) {
        for (long made = 0; made < bytes && prepared < parts.length && slotsToPrepare > 0; prepared++) {
            parts[prepared] = new long[slotsToPrepare];
            slotCount += slotsToPrepare;
            made += (long) slotsToPrepare * Long.BYTES;
        }
        return slotsToPrepare == 0 || prepared == parts.length;
    }

    /** How many keys a part with so many slots has room for. */
    private static int room(int slots) {
        return slots < LARGE_SLOTS ? slots / 2 : slots - slots / 4;
    }

    private static int slotsOfPart(int keys) {
        int each = keys / PARTS + keys / PARTS / 16; // no part has just the same as the others
        int slots = UNDIVIDED_SLOTS / PARTS;
        while (each > room(slots)) {
            slots = Math.multiplyExact(slots, 2);
        }
        return slots;
    }

    private static int part(int hash, int count) {
        return count == 1 ? 0 : hash >>> Integer.SIZE - PART_BITS;
    }

    private static long[] slots(long[][] parts, int hash) {
        return (long[]) PART.getAcquire(parts, part(hash, parts.length));
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
        long[] current = slots(parts, hash);
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
     *
     * @param ends is given the slots at which the looking ended
     */
    void candidates(int[] hashes, int count, int rowCount, int[] rows, int[] ends) {
        touch(hashes, count);
        long[][] all = parts;
        for (int i = 0; i < count; i++) {
            long[] current = slots(all, hashes[i]);
            int mask = current.length - 1;
            int slot = hashes[i] & mask;
            long entry = current[slot];
            while (entry != 0 && hash(entry) != hashes[i]) {
                slot = (slot + 1) & mask;
                entry = current[slot];
            }
            ends[i] = slot;
            int row = entry == 0 ? NONE : row(entry);
            while (row >= rowCount) {
                row = older(row);
            }
            rows[i] = row < 0 && entry != 0 ? UNKNOWN : row;
        }
    }

    /** Reads the places of hashes, so that they are near. */
    void touch(int[] hashes, int count) {
        long[][] all = parts;
        long read = 0;
        for (int i = 0; i < count; i++) {
            long[] current = slots(all, hashes[i]);
            read += current[hashes[i] & current.length - 1];
        }
        touched = read;
    }

    /** The row before one with the same key; {@link #NONE} when it is the oldest. */
    int older(int row) {
        return older[row >>> PAGE_SHIFT][row & PAGE_MASK];
    }

    /** As {@link #add(int, int, int)}; {@code slot} is where {@code previous} most likely is. */
    void add(int hash, int row, int previous, int slot) {
        long[] current = slots(parts, hash);
        if (previous != NONE && slot < current.length && current[slot] == entry(hash, previous)) {
            follow(row, previous);
            put(current, slot, hash, row);
        } else {
            add(hash, row, previous);
        }
    }

    /** Adds a row whose key no other row has, or which comes after {@code previous}, the newest of its key. */
    void add(int hash, int row, int previous) {
        follow(row, previous);
        long[] current = slots(parts, hash);
        if (previous == NONE) {
            int slot = hash & (current.length - 1);
            while (current[slot] != 0) {
                slot = (slot + 1) & (current.length - 1);
            }
            put(current, slot, hash, row);
            int part = part(hash, parts.length);
            if (++used[part] > (parts.length == 1 ? current.length / 2 : room(current.length))) {
                grow(part);
            }
        } else {
            put(current, slotOf(current, hash, previous), hash, row);
        }
    }

    private void follow(int row, int previous) {
        reserve(row);
        older[row >>> PAGE_SHIFT][row & PAGE_MASK] = previous;
    }

    /** Takes back the newest row of its key. */
    void undo(int hash, int row) {
        int before = older(row);
        long[] current = slots(parts, hash);
        put(current, slotOf(current, hash, row), hash, before == NONE ? UNDONE : before);
    }

    private static int slotOf(long[] current, int hash, int row) {
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

    /** The first page grows, so that what is small stays small. */
    private void reserve(int row) {
        if (row >= rowRoom) {
            int page = row >>> PAGE_SHIFT;
            boolean isFirst = rowRoom <= PAGE_MASK; // readers keep the one they have
            int[][] pages = page < older.length && !isFirst ? older : Arrays.copyOf(older, Math.max(1, page * 2));
            int wanted = page > 0 ? PAGE_MASK + 1 : Math.min(PAGE_MASK + 1, Math.max(row + 1, 2 * rowRoom));
            for (int each = Math.max(0, rowRoom - 1) >>> PAGE_SHIFT; each <= page; each++) {
                int[] known = pages[each];
                if (known == null || known.length < wanted) {
                    pages[each] = known == null ? new int[wanted] : Arrays.copyOf(known, wanted);
                }
            }
            older = pages;
            rowRoom = (page << PAGE_SHIFT) + wanted;
        }
    }

    private void grow(int part) {
        long[][] all = parts;
        long[] current = all[part];
        int larger = Math.multiplyExact(current.length, 2);
        if (all.length == 1 && larger > UNDIVIDED_SLOTS) {
            divide(current);
            return;
        }
        long[] slots = new long[larger];
        used[part] = 0;
        for (long entry : current) {
            if (isKept(entry)) {
                move(entry, slots);
                used[part]++;
            }
        }
        slotCount += larger - current.length;
        PART.setRelease(all, part, slots);
    }

    private void divide(long[] whole) {
        long[][] divided = new long[PARTS][2 * whole.length / PARTS];
        used = new int[PARTS];
        slotCount = 2L * whole.length;
        for (long entry : whole) {
            if (isKept(entry)) {
                int part = part(hash(entry), PARTS);
                if (used[part] == divided[part].length / 2) { // by chance it has far more than others
                    long[] larger = new long[divided[part].length * 2];
                    for (long moved : divided[part]) {
                        if (moved != 0) {
                            move(moved, larger);
                        }
                    }
                    slotCount += larger.length - divided[part].length;
                    divided[part] = larger;
                }
                move(entry, divided[part]);
                used[part]++;
            }
        }
        parts = divided;
    }

    private static boolean isKept(long entry) {
        return entry != 0 && row(entry) != UNDONE;
    }

    private static void move(long entry, long[] into) {
        int slot = hash(entry) & into.length - 1;
        while (into[slot] != 0) {
            slot = (slot + 1) & into.length - 1;
        }
        into[slot] = entry;
    }

    long bytes() {
        return slotCount * Long.BYTES + (long) rowRoom * Integer.BYTES;
    }
}
