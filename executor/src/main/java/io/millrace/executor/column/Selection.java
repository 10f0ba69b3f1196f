package io.millrace.executor.column;

/** The rows of a batch that count, ascending. Reusable: kernels write {@link #rows()} and then {@link #count(int)}. */
public final class Selection {
    private final int[] rows;
    private int count;

    public Selection() {
        this(Column.MAX_ROWS);
    }

    public Selection(int capacity) {
        rows = new int[capacity];
    }

    /** The selected rows; only the first {@link #count()} are meant. */
    public int[] rows() {
        return rows;
    }

    public int count() {
        return count;
    }

    public void count(int newCount) {
        count = newCount;
    }
}
