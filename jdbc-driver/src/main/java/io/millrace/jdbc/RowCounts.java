package io.millrace.jdbc;

/** Rows by what they look like, each as often as it is there. */
final class RowCounts {
    private final long[] words;
    private final int[] counts;
    private int left;

    RowCounts(RowHashes rows) {
        int slots = Integer.highestOneBit(Math.max(8, rows.count() + rows.count() / 2)) * 2;
        words = new long[2 * slots];
        counts = new int[slots];
        left = rows.count();
        for (int row = 0; row < rows.count(); row++) {
            int slot = slot(rows.first(row), rows.second(row));
            words[2 * slot] = rows.first(row);
            words[2 * slot + 1] = rows.second(row);
            counts[slot]++;
        }
    }

    /** How many there are. */
    int left() {
        return left;
    }

    /** Takes away a row that looks so; false when there is none. */
    boolean take(long first, long second) {
        int slot = slot(first, second);
        if (counts[slot] <= 0) {
            return false;
        }
        counts[slot]--;
        left--;
        // a slot that was taken stays so, lest those behind it are not found any more
        if (counts[slot] == 0) {
            counts[slot] = -1;
        }
        return true;
    }

    private int slot(long first, long second) {
        int slot = (int) first & counts.length - 1;
        while (counts[slot] != 0 && (words[2 * slot] != first || words[2 * slot + 1] != second)) {
            slot = slot + 1 & counts.length - 1;
        }
        return slot;
    }
}
