package io.millrace.shell;

import java.util.Arrays;

/** The widths of a table's columns: they grow with wider values as long as the line fits. */
final class ColumnWidths {
    /** Blanks around values and the bar between them. */
    private static final int BORDER = 3;

    private static final int NARROWEST = 5;

    private final int[] widths;
    private final int limit;

    /** @param limit of a line; 0 for none */
    ColumnWidths(int[] wanted, int limit) {
        this.widths = wanted.clone();
        this.limit = limit;
        if (limit > 0) {
            shrink();
        }
    }

    int of(int column) {
        return widths[column];
    }

    /** The width that a value of this width is given. */
    int grow(int column, int wanted) {
        int missing = wanted - widths[column];
        if (missing > 0) {
            int left = limit == 0 ? missing : Math.max(0, limit - lineWidth());
            widths[column] += Math.min(missing, left);
        }
        return widths[column];
    }

    private int lineWidth() {
        return Arrays.stream(widths).sum() + BORDER * widths.length - 1;
    }

    /** Takes from the widest column, one cell at a time, until the line fits. */
    private void shrink() {
        int excess = lineWidth() - limit;
        while (excess > 0) {
            int widest = 0;
            for (int i = 1; i < widths.length; i++) {
                widest = widths[i] > widths[widest] ? i : widest;
            }
            if (widths[widest] <= NARROWEST) {
                return;
            }
            widths[widest]--;
            excess--;
        }
    }
}
