package io.millrace.executor.table;

import io.millrace.executor.column.Column;
import java.util.List;

/**
 * What a look-up of many keys at once has found. The index, and then the rows that it names, are read in loops of their own that
 * do little else, so that a processor waits for many places of a large memory at a time rather than for one after the other
 * (Chen, Ailamaki, Gibbons and Mowry, Improving Hash Join Performance through Prefetching, ICDE 2004). For one thread.
 */
final class NewestRows {
    private final int[] hashes = new int[Column.MAX_ROWS];
    private final int[] rows = new int[Column.MAX_ROWS];
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
     * @param blocks that hold them
     */
    void find(
            KeyColumns keys,
            KeyIndex index,
            int rowCount,
            List<RowBlock> blocks,
            List<Column> columns,
            int from,
            int count) {
        first = from;
        hash(keys, columns, from, count);
        index.candidates(hashes, count, rowCount, rows);
        long read = 0;
        for (int i = 0; i < count; i++) {
            if (rows[i] >= 0) {
                RowBlock block = block(blocks, rows[i]);
                int row = VersionedRows.inBlock(rows[i]);
                read += block.deaths().at(row) + keys.touch(block.view().columns(), row);
            }
        }
        touched = read;
        for (int i = 0; i < count; i++) {
            int place = from + i;
            if (i > 0 && hashes[i] == hashes[i - 1] && keys.equal(columns, place, keys, columns, place - 1)) {
                rows[i] = rows[i - 1]; // one that goes, and what comes in its place
            } else if (rows[i] == KeyIndex.UNKNOWN
                    || (rows[i] != KeyIndex.NONE && !equal(keys, blocks, rows[i], columns, place))) {
                rows[i] = index.newest(hashes[i], rowCount, row -> equal(keys, blocks, row, columns, place));
            }
        }
    }

    /** Only brings the places of keys in the index near. */
    void touch(KeyColumns keys, KeyIndex index, List<Column> columns, int from, int count) {
        first = from;
        hash(keys, columns, from, count);
        index.touch(hashes, count);
    }

    private void hash(KeyColumns keys, List<Column> columns, int from, int count) {
        for (int i = 0; i < count; i++) {
            hashes[i] = keys.hash(columns, from + i);
        }
    }

    private static boolean equal(KeyColumns keys, List<RowBlock> blocks, int row, List<Column> columns, int other) {
        return keys.equal(block(blocks, row).view().columns(), VersionedRows.inBlock(row), keys, columns, other);
    }

    private static RowBlock block(List<RowBlock> blocks, int row) {
        return blocks.get(row >>> VersionedRows.BLOCK_SHIFT);
    }

    int hash(int place) {
        return hashes[place - first];
    }

    /** The newest row of the key at a place, dead or alive; {@link KeyIndex#NONE} when there is none. */
    int row(int place) {
        return rows[place - first];
    }
}
