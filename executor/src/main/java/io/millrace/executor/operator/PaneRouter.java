package io.millrace.executor.operator;

import io.millrace.executor.column.Batch;
import io.millrace.executor.column.Column;
import io.millrace.executor.column.LongColumn;
import java.util.Arrays;

/**
 * Sorts the rows of a batch by pane, each pane's in log order, and counts those that fall in no open window. Almost
 * always all rows are of one pane: then nothing is moved.
 */
final class PaneRouter {
    private static final int NO_PANE = -1;

    private final PaneGeometry geometry;
    private final Panes panes;
    private final int[] ordinals = new int[Column.MAX_ROWS];
    private final int[] moved = new int[Column.MAX_ROWS];

    private Pane[] touched = new Pane[8];
    private int[] starts = new int[9];
    private int touchedCount;
    private int[] rows = moved;
    private long lateRows;
    private long unplacedRows;

    PaneRouter(PaneGeometry geometry, Panes panes) {
        this.geometry = geometry;
        this.panes = panes;
    }

    /** How many panes the last batch has rows for. */
    int touchedCount() {
        return touchedCount;
    }

    Pane pane(int ordinal) {
        return touched[ordinal];
    }

    /** The rows of all panes; those of pane {@code ordinal} begin at {@link #start}. */
    int[] rows() {
        return rows;
    }

    int start(int ordinal) {
        return starts[ordinal];
    }

    int count(int ordinal) {
        return starts[ordinal + 1] - starts[ordinal];
    }

    long lateRows() {
        return lateRows;
    }

    /** Rows whose time is NULL, or too extreme for a window. */
    long unplacedRows() {
        return unplacedRows;
    }

    void route(Batch batch, LongColumn times, long watermark) {
        for (int i = 0; i < touchedCount; i++) {
            touched[i].ordinal = NO_PANE;
        }
        touchedCount = 0;
        int count = batch.selectedCount();
        int[] selected = RowNumbers.of(batch);
        if (count == 0 || routeToOnePane(times, selected, count, watermark)) {
            return;
        }
        int routed = assignOrdinals(times, selected, count, watermark);
        moveRows(selected, count, routed);
    }

    private boolean routeToOnePane(LongColumn times, int[] selected, int count, long watermark) {
        long[] values = times.values();
        long first = values[selected[0]];
        if (times.hasNulls() || !geometry.covers(first) || geometry.isClosed(first, watermark)) {
            return false;
        }
        long start = geometry.paneStart(geometry.paneOf(first));
        long length = geometry.pane();
        for (int i = 1; i < count; i++) {
            if (Long.compareUnsigned(values[selected[i]] - start, length) >= 0) {
                return false;
            }
        }
        touch(geometry.paneOf(first));
        rows = selected;
        starts[0] = 0;
        starts[1] = count;
        return true;
    }

    /** Tells each row its pane, and how many rows each pane gets in {@code starts}, shifted by one. */
    private int assignOrdinals(LongColumn times, int[] selected, int count, long watermark) {
        long[] values = times.values();
        Arrays.fill(starts, 0);
        long length = geometry.pane();
        long start = 0;
        int ordinal = NO_PANE;
        boolean isKnown = false;
        int routed = 0;
        for (int i = 0; i < count; i++) {
            long time = values[selected[i]];
            if (times.isNull(selected[i]) || !geometry.covers(time)) {
                unplacedRows++;
                ordinals[i] = NO_PANE;
                continue;
            }
            if (!isKnown || Long.compareUnsigned(time - start, length) >= 0) {
                start = geometry.paneStart(geometry.paneOf(time));
                ordinal = geometry.isClosed(time, watermark) ? NO_PANE : touch(geometry.paneOf(time));
                isKnown = true;
            }
            ordinals[i] = ordinal;
            if (ordinal == NO_PANE) {
                lateRows++;
            } else {
                starts[ordinal + 1]++;
                routed++;
            }
        }
        return routed;
    }

    private void moveRows(int[] selected, int count, int routed) {
        int[] next = new int[touchedCount];
        for (int i = 0; i < touchedCount; i++) {
            starts[i + 1] += starts[i];
            next[i] = starts[i];
        }
        rows = moved;
        for (int i = 0; i < count && routed > 0; i++) {
            if (ordinals[i] != NO_PANE) {
                moved[next[ordinals[i]]++] = selected[i];
            }
        }
    }

    private int touch(long index) {
        Pane pane = panes.findOrAdd(index);
        if (pane.ordinal == NO_PANE) {
            if (touchedCount == touched.length) {
                touched = Arrays.copyOf(touched, touchedCount * 2);
                starts = Arrays.copyOf(starts, touchedCount * 2 + 1);
            }
            touched[touchedCount] = pane;
            pane.ordinal = touchedCount++;
        }
        return pane.ordinal;
    }
}
