package io.millrace.executor.operator;

import io.millrace.executor.column.Batch;
import io.millrace.executor.column.Column;
import io.millrace.executor.column.ColumnBatch;
import io.millrace.executor.column.ColumnBuilder;
import io.millrace.executor.column.LongColumn;
import io.millrace.executor.time.Watermarks;
import io.millrace.plan.TimeAttribute;
import io.millrace.plan.WindowAssign;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Linear: of each change (row, w), gives (row with window bounds, w) once per window that holds the row, by window start,
 * but for windows that have closed, if those of the node close. A row whose time is NULL, or so extreme that a window's bound would overflow, falls in no window.
 */
public final class WindowAssignOperator extends Transform implements Windowed {
    private static final long WINDOW_TIME_BEFORE_END = 1_000;

    private final int timeColumn;
    private final PaneGeometry geometry;
    private final ColumnBuilder[] copies;

    private final int[] rows = new int[Column.MAX_ROWS];
    private final long[] ends = new long[Column.MAX_ROWS];
    private final TimeAttribute closedBy;

    private int count;
    private long watermark = Watermarks.NONE;
    private volatile long lateRows;

    public WindowAssignOperator(WindowAssign node, Operator output) {
        super(output);
        timeColumn = node.timeColumn();
        closedBy = node.closedBy();
        geometry = new PaneGeometry(node.window());
        int width = node.input().rowType().size();
        copies = new ColumnBuilder[width];
        for (int i = 0; i < width; i++) {
            copies[i] = ColumnBuilder.of(node.rowType().type(i));
        }
    }

    @Override
    public long lateRows() {
        return lateRows;
    }

    /** That a window closes gives nothing. */
    @Override
    public long nextWindowEnd() {
        return Long.MAX_VALUE;
    }

    @Override
    public void advance(Watermarks watermarks) {
        if (closedBy != TimeAttribute.NONE) {
            watermark = Math.max(watermark, watermarks.of(closedBy));
        }
        super.advance(watermarks);
    }

    @Override
    @SuppressWarnings("NonAtomicVolatileUpdate") // one thread counts
    public void push(Batch batch) {
        LongColumn times = (LongColumn) batch.column(timeColumn);
        int selected = batch.selectedCount();
        long late = 0;
        for (int i = 0; i < selected; i++) {
            int row = batch.selection() == null ? i : batch.selection().rows()[i];
            if (times.isNull(row) || !geometry.covers(times.get(row))) {
                continue;
            }
            long last = geometry.lastEnd(times.get(row));
            if (last <= watermark) {
                late++;
                continue;
            }
            for (long end = geometry.firstEnd(times.get(row)); end <= last; end += geometry.slide()) {
                if (end <= watermark) {
                    continue;
                }
                rows[count] = row;
                ends[count++] = end;
                if (count == Column.MAX_ROWS) {
                    flush(batch);
                }
            }
        }
        flush(batch);
        if (late > 0) {
            lateRows += late;
        }
    }

    private void flush(Batch batch) {
        if (count == 0) {
            return;
        }
        List<Column> columns = new ArrayList<>(copies.length + 3);
        for (int i = 0; i < copies.length; i++) {
            Column source = batch.column(i);
            for (int k = 0; k < count; k++) {
                copies[i].append(source, rows[k]);
            }
            columns.add(copies[i].build());
        }
        long[] starts = new long[count];
        long[] times = new long[count];
        for (int k = 0; k < count; k++) {
            starts[k] = geometry.start(ends[k]);
            times[k] = ends[k] - WINDOW_TIME_BEFORE_END;
        }
        columns.add(new LongColumn(starts, null, count));
        columns.add(new LongColumn(ends, null, count));
        columns.add(new LongColumn(times, null, count));
        int pushed = count;
        count = 0;
        output.push(new ColumnBatch(pushed, columns, null, weights(batch.weights(), pushed)));
    }

    private long @Nullable [] weights(long @Nullable [] of, int pushed) {
        if (of == null) {
            return null;
        }
        long[] weights = new long[pushed];
        for (int k = 0; k < pushed; k++) {
            weights[k] = of[rows[k]];
        }
        return weights;
    }
}
