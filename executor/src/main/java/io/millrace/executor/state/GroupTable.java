package io.millrace.executor.state;

import java.util.Arrays;
import java.util.BitSet;
import org.jspecify.annotations.Nullable;

/**
 * The groups of an aggregation: a record per distinct key, found by its key words.
 *
 * <pre>
 * record | key word 0 | … | key word k - 1 | accumulator words … |
 * </pre>
 *
 * A new group's accumulator words are zero. Groups are numbered from 0 in the order they came. What does not fit in words
 * lies beside the records, in one {@link SideState} per accumulator that needs it. Not thread-safe.
 */
public final class GroupTable {
    /** What is larger does not stay in the caches of a processor. */
    private static final long LARGE_BYTES = 1 << 20;
    /** The places of so many keys stay near until they are read again: each lies in a page of memory of its own. */
    private static final int NEAR_KEYS = 512;

    private final int keyWords;
    private final Slab records;
    private final HashIndex index = new HashIndex();
    private final @Nullable SideState[] sides;

    private int mostGroups;
    private int onlyGroup;

    /** So that what is read only to be near is read. */
    @SuppressWarnings("unused")
    private long touched;

    public GroupTable(int keyWords, int accumulatorWords) {
        this(keyWords, accumulatorWords, 0);
    }

    /** @param sides how many accumulators may hold something beside the records */
    public GroupTable(int keyWords, int accumulatorWords, int sides) {
        this.keyWords = keyWords;
        this.sides = new SideState[sides];
        records = new Slab(keyWords + accumulatorWords);
    }

    public int size() {
        return records.size();
    }

    /** The page that holds a group's record. */
    public long[] page(int group) {
        return records.page(group);
    }

    /** Where the record begins in its page. */
    public int at(int group) {
        return records.at(group);
    }

    /** What one accumulator holds beside the records; null until {@link #side(int, SideState)}. */
    public @Nullable SideState side(int slot) {
        return sides[slot];
    }

    public void side(int slot, SideState state) {
        sides[slot] = state;
    }

    /** Finds the groups of the first {@code count} keys, or makes them. */
    public void findOrAdd(KeyWords keys, int count, int[] groups) {
        if (index.isReleased()) {
            restoreIndex();
        }
        if (keyWords == 0) {
            Arrays.fill(groups, 0, count, onlyGroup());
        } else if (isLarge()) {
            for (int from = 0; from < count; from += NEAR_KEYS) {
                int end = Math.min(count, from + NEAR_KEYS);
                touchPlaces(keys.hashes(), from, end);
                candidates(keys.hashes(), from, end, groups);
                touchRecords(groups, from, end);
                confirm(keys, from, end, groups);
            }
        } else {
            findOrAdd(keys, 0, count, groups);
        }
    }

    private void findOrAdd(KeyWords keys, int from, int end, int[] groups) {
        switch (keyWords) {
            case 1 -> findOrAddOneWord(keys.words(0), keys.hashes(), from, end, groups);
            case 2 -> findOrAddTwoWords(keys.words(0), keys.words(1), keys.hashes(), from, end, groups);
            default -> findOrAddWords(keys, from, end, groups);
        }
    }

    /** Finds the groups of the first {@code count} keys; -1 for those that there are not. */
    public void find(KeyWords keys, int count, int[] groups) {
        if (index.isReleased()) {
            restoreIndex();
        }
        if (keyWords == 0) {
            Arrays.fill(groups, 0, count, records.size() == 0 ? -1 : onlyGroup);
            return;
        }
        int[] hashes = keys.hashes();
        long[] slots = index.slots();
        for (int i = 0; i < count; i++) {
            int hash = hashes[i];
            int slot = hash & (slots.length - 1);
            while (slots[slot] != 0
                    && !(HashIndex.matches(slots[slot], hash) && equals(HashIndex.record(slots[slot]), keys, i))) {
                slot = (slot + 1) & (slots.length - 1);
            }
            groups[i] = slots[slot] == 0 ? -1 : HashIndex.record(slots[slot]);
        }
    }

    /** Whether its groups do not all stay in the caches of a processor. */
    public boolean isLarge() {
        return records.bytes() > LARGE_BYTES;
    }

    /**
     * Reads the places of keys, in a loop that does nothing else: a processor waits for many places of a large memory at a time, rather
     * than for one after the other (Chen, Ailamaki, Gibbons and Mowry, Improving Hash Join Performance through Prefetching, ICDE 2004).
     */
    private void touchPlaces(int[] hashes, int from, int end) {
        long[] slots = index.slots();
        int mask = slots.length - 1;
        long read = 0;
        for (int i = from; i < end; i++) {
            read += slots[hashes[i] & mask];
        }
        touched = read;
    }

    /** For each hash the first group that has it, which is most often the one that is looked for; -1 when none has. */
    private void candidates(int[] hashes, int from, int end, int[] groups) {
        long[] slots = index.slots();
        int mask = slots.length - 1;
        for (int i = from; i < end; i++) {
            int hash = hashes[i];
            int slot = hash & mask;
            long entry = slots[slot];
            while (entry != 0 && !HashIndex.matches(entry, hash)) {
                slot = (slot + 1) & mask;
                entry = slots[slot];
            }
            groups[i] = HashIndex.record(entry);
        }
    }

    private void touchRecords(int[] groups, int from, int end) {
        long read = 0;
        int last = records.recordWords() - 1;
        for (int i = from; i < end; i++) {
            int group = groups[i];
            if (group >= 0) {
                long[] page = records.page(group);
                int at = records.at(group);
                read += page[at] + page[at + last];
            }
        }
        touched = read;
    }

    /** Looks again for the keys whose candidates have others, and adds those that there are not. */
    private void confirm(KeyWords keys, int from, int end, int[] groups) {
        int next = Math.min(1, keyWords - 1);
        long[] first = keys.words(0);
        long[] second = keys.words(next);
        for (int i = from; i < end; i++) {
            int group = groups[i];
            if (group >= 0) {
                long[] page = records.page(group);
                int at = records.at(group);
                if (page[at] == first[i] && page[at + next] == second[i] && (keyWords <= 2 || equals(group, keys, i))) {
                    continue;
                }
            }
            findOrAdd(keys, i, i + 1, groups);
        }
    }

    /** Brings the records of some groups near, before they are read one after the other. */
    public void touch(int[] groups, int from, int count) {
        if (isLarge()) {
            touchRecords(groups, from, from + count);
        }
    }

    /** The one group of a table without keys. */
    public int onlyGroup() {
        if (records.size() == 0) {
            onlyGroup = records.allocate();
            clearAccumulators(onlyGroup);
        }
        return onlyGroup;
    }

    /** Makes a group with the key of another table's, also when there is one with this key; it is not found by its key. */
    public int addCopy(GroupTable from, int group) {
        int added = records.allocate();
        System.arraycopy(from.page(group), from.at(group), page(added), at(added), keyWords);
        clearAccumulators(added);
        return added;
    }

    /** From now on the key of a group is found in another one, which has the same key. */
    public void replace(int group, int by) {
        if (keyWords == 0) {
            onlyGroup = by;
            return;
        }
        int hash = KeyWords.hash(records.page(group), records.at(group), keyWords);
        long[] slots = index.slots();
        int slot = hash & (slots.length - 1);
        while (HashIndex.record(slots[slot]) != group) {
            slot = (slot + 1) & (slots.length - 1);
        }
        index.replace(slot, by);
    }

    /** From now on just these groups, whose keys differ, are found by their keys. */
    public void index(BitSet groups) {
        index.clear();
        onlyGroup = 0;
        for (int group = groups.nextSetBit(0); group >= 0; group = groups.nextSetBit(group + 1)) {
            if (keyWords == 0) {
                onlyGroup = group;
                continue;
            }
            int hash = KeyWords.hash(records.page(group), records.at(group), keyWords);
            index.put(index.freeSlot(hash), hash, group);
        }
    }

    /** So many groups will come; while there is none. */
    public void expect(int groups) {
        if (records.size() == 0 && keyWords > 0) {
            index.expect(groups);
        }
    }

    /** Removes all groups but keeps the memory for the next ones. */
    public void clear() {
        mostGroups = records.size();
        records.clear();
        index.clear();
        Arrays.fill(sides, null);
    }

    /** Drops the records of some groups; the others, in their order, are numbered from 0 again. Room to spare is freed. */
    public void compact(BitSet dead) {
        int living = 0;
        for (int group = 0; group < records.size(); group++) {
            if (!dead.get(group)) {
                if (living < group) {
                    System.arraycopy(page(group), at(group), page(living), at(living), records.recordWords());
                }
                living++;
            }
        }
        records.truncate(living);
        records.trim();
        index.release();
    }

    /** Frees what only further keys would need: the index, and spare room. It comes back, at a cost, if some come. */
    public void seal() {
        records.trim();
        index.release();
    }

    private void restoreIndex() {
        BitSet all = new BitSet(records.size());
        all.set(0, keyWords == 0 ? 0 : records.size());
        index(all);
    }

    /** Whether the memory is far more than the groups before the last {@link #clear} needed. */
    public boolean isOversized() {
        return index.capacity() > 1024 && mostGroups * 16L < index.capacity();
    }

    public long bytes() {
        long bytes = records.bytes() + index.bytes();
        for (SideState side : sides) {
            bytes += side == null ? 0 : side.bytes();
        }
        return bytes;
    }

    private void findOrAddOneWord(long[] words, int[] hashes, int from, int end, int[] groups) {
        long[] slots = index.slots();
        for (int i = from; i < end; i++) {
            long word = words[i];
            int hash = hashes[i];
            int slot = hash & (slots.length - 1);
            while (true) {
                long entry = slots[slot];
                if (entry == 0) {
                    groups[i] = add(slot, hash);
                    records.page(groups[i])[records.at(groups[i])] = word;
                    slots = index.slots();
                    break;
                }
                if (HashIndex.matches(entry, hash)) {
                    int group = HashIndex.record(entry);
                    if (records.page(group)[records.at(group)] == word) {
                        groups[i] = group;
                        break;
                    }
                }
                slot = (slot + 1) & (slots.length - 1);
            }
        }
    }

    private void findOrAddTwoWords(long[] first, long[] second, int[] hashes, int from, int end, int[] groups) {
        long[] slots = index.slots();
        for (int i = from; i < end; i++) {
            long word0 = first[i];
            long word1 = second[i];
            int hash = hashes[i];
            int slot = hash & (slots.length - 1);
            while (true) {
                long entry = slots[slot];
                if (entry == 0) {
                    groups[i] = add(slot, hash);
                    long[] page = records.page(groups[i]);
                    page[records.at(groups[i])] = word0;
                    page[records.at(groups[i]) + 1] = word1;
                    slots = index.slots();
                    break;
                }
                if (HashIndex.matches(entry, hash)) {
                    int group = HashIndex.record(entry);
                    long[] page = records.page(group);
                    int at = records.at(group);
                    if (page[at] == word0 && page[at + 1] == word1) {
                        groups[i] = group;
                        break;
                    }
                }
                slot = (slot + 1) & (slots.length - 1);
            }
        }
    }

    private void findOrAddWords(KeyWords keys, int from, int end, int[] groups) {
        int[] hashes = keys.hashes();
        for (int i = from; i < end; i++) {
            int hash = hashes[i];
            long[] slots = index.slots();
            int slot = hash & (slots.length - 1);
            while (slots[slot] != 0
                    && !(HashIndex.matches(slots[slot], hash) && equals(HashIndex.record(slots[slot]), keys, i))) {
                slot = (slot + 1) & (slots.length - 1);
            }
            if (slots[slot] != 0) {
                groups[i] = HashIndex.record(slots[slot]);
                continue;
            }
            int group = add(slot, hash);
            for (int word = 0; word < keyWords; word++) {
                records.page(group)[records.at(group) + word] = keys.words(word)[i];
            }
            groups[i] = group;
        }
    }

    private boolean equals(int group, KeyWords keys, int i) {
        long[] page = records.page(group);
        int at = records.at(group);
        for (int word = 0; word < keyWords; word++) {
            if (page[at + word] != keys.words(word)[i]) {
                return false;
            }
        }
        return true;
    }

    private int add(int slot, int hash) {
        int group = records.allocate();
        clearAccumulators(group);
        index.put(slot, hash, group);
        return group;
    }

    private void clearAccumulators(int group) {
        int at = records.at(group);
        Arrays.fill(records.page(group), at + keyWords, at + records.recordWords(), 0);
    }
}
