package io.millrace.executor.table;

import io.millrace.executor.column.Column;
import io.millrace.executor.column.Selection;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Rows on their way together: those that live are copied, some at a time and in their order, while others come and go. What dies
 * after it was copied dies in both places. For the thread that changes the rows.
 */
final class Relocation {
    private final VersionedRows from;
    private final VersionedRows to;
    /** Of the living rows before it no two had the same key when this began: later ones may have that of a copy that is dead. */
    private final int distinctEnd;

    private final Selection alive = new Selection();

    /** By the blocks that have been copied: where each row is now, {@link VersionedRows#NONE} for those that were dead. */
    private final List<int[]> places = new ArrayList<>();

    private int next;

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
        if (places.size() == number) {
            places.add(new int[Column.MAX_ROWS]);
            Arrays.fill(places.get(number), VersionedRows.NONE);
        }
        int place = to.rowCount();
        int count = 0;
        for (int row = first; row < end; row++) {
            if (view.deaths().isAlive(row)) {
                alive.rows()[count++] = row;
                places.get(number)[row] = place++;
            }
        }
        alive.count(count);
        if (isDistinct) {
            to.copy(block, view, alive);
        } else {
            to.findAll(view.columns(), 0, view.rows());
            to.appendFound(view.columns(), alive);
        }
        next += end - first;
    }

    /** A row has died. */
    void killed(int row, long position) {
        if (row < next) {
            to.kill(places.get(row >>> VersionedRows.BLOCK_SHIFT)[VersionedRows.inBlock(row)], position);
        }
    }

    long bytes() {
        return to.bytes() + (long) places.size() * Column.MAX_ROWS * Integer.BYTES;
    }
}
