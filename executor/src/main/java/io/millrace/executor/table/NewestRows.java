package io.millrace.executor.table;

import io.millrace.executor.column.Column;
import io.millrace.executor.column.LongColumn;
import java.util.List;

/**
 * What a look-up of many keys at once has found. The index, and then the rows that it names, are read in loops of their own that
 * do little else, so that a processor waits for many places of a large memory at a time rather than for one after the other
 * (Chen, Ailamaki, Gibbons and Mowry, Improving Hash Join Performance through Prefetching, ICDE 2004). For one thread.
 */
final class NewestRows {
    private int[] hashes = {};
    private int[] rows = {};
    private int[] slots = {};
    /** Where the part begins in the batch. */
    private int first;

    /** So that what is read only to be near is read. */
    @SuppressWarnings("unused")
    private long touched;

    /**
     * Finds the newest rows of the keys of a part of a batch.
     *
     * @param from where the part begins
     * @param rowCount of the rows that are in the index
     * @param places of them
     */
    void find(
            KeyColumns keys,
            KeyIndex index,
            int rowCount,
            RowPlaces places,
            List<Column> columns,
            int from,
            int count) {
        begin(from, count);
        keys.hashAll(columns, from, count, hashes);
        index.candidates(hashes, count, rowCount, rows, slots);
        LongColumn words = places.words(columns);
        if (words != null) {
            touch(places, count);
            find(index, rowCount, places, words, from, count);
            return;
        }
        touch(keys, places, count);
        for (int i = 0; i < count; i++) {
            int place = from + i;
            if (i > 0 && hashes[i] == hashes[i - 1] && keys.equal(columns, place, keys, columns, place - 1)) {
                rows[i] = rows[i - 1]; // one that goes, and what comes in its place
            } else if (rows[i] == KeyIndex.UNKNOWN
                    || (rows[i] != KeyIndex.NONE && !equal(keys, places, rows[i], columns, place))) {
                rows[i] = index.newest(hashes[i], rowCount, row -> equal(keys, places, row, columns, place));
            }
        }
    }

    private void begin(int from, int count) {
        first = from;
        if (count > hashes.length) {
            int room = Math.min(Column.MAX_ROWS, Math.max(count, 2 * hashes.length));
            hashes = new int[room];
            rows = new int[room];
            slots = new int[room];
        }
    }

    private void find(KeyIndex index, int rowCount, RowPlaces places, LongColumn words, int from, int count) {
        long[] values = words.values();
        boolean hasNulls = words.hasNulls();
        for (int i = 0; i < count; i++) {
            int place = from + i;
            if (i > 0 && !hasNulls && values[place] == values[place - 1]) {
                rows[i] = rows[i - 1]; // one that goes, and what comes in its place
            } else if (rows[i] == KeyIndex.UNKNOWN
                    || (rows[i] != KeyIndex.NONE && !places.isEqual(rows[i], words, place))) {
                rows[i] = index.newest(hashes[i], rowCount, row -> places.isEqual(row, words, place));
            }
        }
    }

    private void touch(RowPlaces places, int count) {
        long read = 0;
        for (int i = 0; i < count; i++) {
            int row = rows[i];
            if (row >= 0) {
                read += places.deaths(row).at(VersionedRows.inBlock(row)) + places.word(row);
            }
        }
        touched = read;
    }

    private void touch(KeyColumns keys, RowPlaces places, int count) {
        long read = 0;
        for (int i = 0; i < count; i++) {
            int row = rows[i];
            if (row >= 0) {
                int inBlock = VersionedRows.inBlock(row);
                read += places.deaths(row).at(inBlock)
                        + keys.touch(places.view(row).columns(), inBlock);
            }
        }
        touched = read;
    }

    /** Only brings the places of keys in the index near. */
    void touch(KeyColumns keys, KeyIndex index, List<Column> columns, int from, int count) {
        begin(from, count);
        keys.hashAll(columns, from, count, hashes);
        index.touch(hashes, count);
    }

    private static boolean equal(KeyColumns keys, RowPlaces places, int row, List<Column> columns, int other) {
        return keys.equal(places.view(row).columns(), VersionedRows.inBlock(row), keys, columns, other);
    }

    /** Brings near what a death changes in copies of the rows that were found. */
    void touchCopies(Relocation relocation, int count) {
        touched = relocation.touch(rows, count);
    }

    int hash(int place) {
        return hashes[place - first];
    }

    /** Where the index had the hash of the key at a place, or would have. */
    int slot(int place) {
        return slots[place - first];
    }

    /** The newest row of the key at a place, dead or alive; {@link KeyIndex#NONE} when there is none. */
    int row(int place) {
        return rows[place - first];
    }
}
