package io.millrace.executor.function;

import io.millrace.executor.column.Selection;
import org.jspecify.annotations.Nullable;

/** Set operations on selections, whose rows ascend. */
final class Selections {
    private Selections() {}

    /** A selection with room for {@code rows} rows: the given one, if it is large enough. */
    static Selection ensure(Selection selection, int rows) {
        return selection.rows().length >= rows ? selection : new Selection(rows);
    }

    static void fill(Selection target, int rowCount) {
        int[] rows = target.rows();
        for (int row = 0; row < rowCount; row++) {
            rows[row] = row;
        }
        target.count(rowCount);
    }

    static void copy(@Nullable Selection from, int rowCount, Selection target) {
        if (from == null) {
            fill(target, rowCount);
        } else {
            System.arraycopy(from.rows(), 0, target.rows(), 0, from.count());
            target.count(from.count());
        }
    }

    /** Removes the rows that are NULL. */
    static void dropNulls(Selection selection, long @Nullable [] nulls) {
        if (nulls == null) {
            return;
        }
        int[] rows = selection.rows();
        int kept = 0;
        for (int i = 0; i < selection.count(); i++) {
            int row = rows[i];
            rows[kept] = row;
            kept += (int) (~nulls[row >> 6] >>> row) & 1;
        }
        selection.count(kept);
    }

    /** Removes from {@code selection} the rows of {@code removed}, which is a part of it. */
    static void subtract(Selection selection, Selection removed) {
        int[] rows = selection.rows();
        int[] gone = removed.rows();
        int goneCount = removed.count();
        if (goneCount == 0) {
            return;
        }
        int next = 0;
        int kept = 0;
        for (int i = 0; i < selection.count(); i++) {
            int row = rows[i];
            if (next < goneCount && gone[next] == row) {
                next++;
            } else {
                rows[kept++] = row;
            }
        }
        selection.count(kept);
    }
}
