package io.millrace.executor.table;

import io.millrace.executor.column.Column;
import io.millrace.executor.column.Selection;
import java.util.Arrays;

/**
 * Rows on their way together: those that live are copied, some at a time and in their order, while others come and go. What dies
 * after it was copied dies in both places. For the thread that changes the rows.
 */
final class Relocation {
    private static final int FIRST_BLOCKS = 4;
    /** Of the index, before rows are copied, in the time of a row: memory that is used for the first time takes its time too. */
    private static final long PREPARED_BYTES = 128;

    private final VersionedRows from;
    private final VersionedRows to;
    /** Of the living rows before it no two had the same key when this began: later ones may have that of a copy that is dead. */
    private final int distinctEnd;

    private final Selection alive = new Selection();

    /** By the blocks that have been copied: where each row is now, {@link VersionedRows#NONE} for those that were dead. */
    private int[][] places = new int[FIRST_BLOCKS][];

    private int blocks;
    private int next;
    /** Where the copies are of the rows that were looked for last. */
    private final int[] near = new int[Column.MAX_ROWS];

    /**
     * @param from whose rows have a key, and no births
     * @param to that has none yet
     */
    Relocation(VersionedRows from, VersionedRows to) {
        this.from = from;
        this.to = to;
        distinctEnd = from.rowCount();
    }

    /** Where the rows go. */
    VersionedRows target() {
        return to;
    }

    /**
     * Copies the living of about so many rows.
     *
     * @return whether all are there
     */
    boolean copy(long rows) {
        if (!to.prepareIndex(rows * PREPARED_BYTES)) {
            return false;
        }
        for (long left = rows; left > 0 && next < from.rowCount(); ) {
            int before = next;
            copyBlock();
            left -= next - before;
        }
        return next == from.rowCount();
    }

    /** Copies what is left of the next block. */
    private void copyBlock() {
        int number = next >>> VersionedRows.BLOCK_SHIFT;
        int first = VersionedRows.inBlock(next);
        RowBlock block = from.block(number);
        BlockView view = block.view();
        boolean isDistinct = next < distinctEnd;
        int end = isDistinct ? Math.min(view.rows(), distinctEnd - (number << VersionedRows.BLOCK_SHIFT)) : view.rows();
        if (blocks == number) {
            places = number < places.length ? places : Arrays.copyOf(places, 2 * number);
            places[number] = new int[Column.MAX_ROWS];
            Arrays.fill(places[number], VersionedRows.NONE);
            blocks++;
        }
        if (isDistinct) {
            select(view, first, end, places[number]);
            to.copy(block, view, alive);
        } else {
            for (int from = first; from < end; from += VersionedRows.NEAR_ROWS) {
                int partEnd = Math.min(end, from + VersionedRows.NEAR_ROWS);
                select(view, from, partEnd, places[number]);
                to.findAll(view.columns(), from, partEnd - from);
                to.appendFound(view.columns(), alive);
            }
        }
        next += end - first;
    }

    /** Selects the living of some rows, and notes where each goes. */
    private void select(BlockView view, int first, int end, int[] copies) {
        int place = to.rowCount();
        int count = 0;
        for (int row = first; row < end; row++) {
            if (view.deaths().isAlive(row)) {
                alive.rows()[count++] = row;
                copies[row] = place++;
            }
        }
        alive.count(count);
    }

    /** A row has died. */
    void killed(int row, long position) {
        if (row < next) {
            to.kill(copy(row), position);
        }
    }

    private int copy(int row) {
        return places[row >>> VersionedRows.BLOCK_SHIFT][VersionedRows.inBlock(row)];
    }

    /** Reads where some rows are now, or none where a number is negative, in loops that do nothing else. What it gives means nothing. */
    long touch(int[] rows, int count) {
        for (int i = 0; i < count; i++) {
            near[i] = rows[i] < 0 || rows[i] >= next ? VersionedRows.NONE : copy(rows[i]);
        }
        return to.touch(near, count);
    }

    long bytes() {
        return to.bytes() + (long) blocks * Column.MAX_ROWS * Integer.BYTES;
    }
}
