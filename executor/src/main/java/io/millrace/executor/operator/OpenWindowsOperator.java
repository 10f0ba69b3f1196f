package io.millrace.executor.operator;

import io.millrace.executor.column.Batch;
import io.millrace.executor.column.Column;
import io.millrace.executor.column.ColumnBatch;
import io.millrace.executor.column.Columns;
import io.millrace.executor.column.LongColumn;
import io.millrace.executor.column.Selection;
import io.millrace.executor.time.Watermarks;
import io.millrace.plan.TimeAttribute;
import io.millrace.plan.WindowAggregate;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Linear: of each change (row, w), gives (row with the bounds of a window, w) once per window that holds the row and is
 * still open. So an aggregation whose windows are seen before they close is one by key and window.
 */
public final class OpenWindowsOperator extends Transform implements Windowed {
    private final int timeColumn;
    private final int width;
    private final TimeAttribute timeAttribute;
    private final PaneGeometry geometry;

    private final Selection rows = new Selection();
    private final long[] ends = new long[Column.MAX_ROWS];
    private int count;
    private long watermark = Watermarks.NONE;
    private volatile long lateRows;

    public OpenWindowsOperator(WindowAggregate node, Operator output) {
        super(output);
        timeColumn = node.timeColumn();
        timeAttribute = node.timeAttribute();
        width = node.input().rowType().size();
        geometry = new PaneGeometry(node.window());
    }

    @Override
    public long lateRows() {
        return lateRows;
    }

    /** Windows are seen while they are open; that one closes shows nothing new. */
    @Override
    public long nextWindowEnd() {
        return Long.MAX_VALUE;
    }

    @Override
    @SuppressWarnings("NonAtomicVolatileUpdate") // one thread counts
    public void push(Batch batch) {
        LongColumn times = (LongColumn) batch.column(timeColumn);
        int[] selected = RowNumbers.of(batch);
        int selectedCount = batch.selectedCount();
        boolean isTumbling = geometry.isTumbling();
        long late = 0;
        for (int i = 0; i < selectedCount; i++) {
            int row = selected[i];
            if (times.isNull(row) || !geometry.covers(times.get(row))) {
                continue;
            }
            long last = geometry.lastEnd(times.get(row));
            if (last <= watermark) {
                late++;
                continue;
            }
            for (long end = geometry.firstEnd(times.get(row)); end <= last; end += geometry.slide()) {
                if (end > watermark) {
                    rows.rows()[count] = row;
                    ends[count++] = end;
                    if (count == Column.MAX_ROWS && !isTumbling) {
                        flush(batch);
                    }
                }
            }
        }
        if (isTumbling) {
            flushInPlace(batch);
        } else {
            flush(batch);
        }
        if (late > 0) {
            lateRows += late;
        }
    }

    /** No row is there twice: the columns stay as they are. */
    private void flushInPlace(Batch batch) {
        if (count == 0) {
            return;
        }
        long[] startOf = new long[batch.rowCount()];
        long[] endOf = new long[batch.rowCount()];
        for (int i = 0; i < count; i++) {
            startOf[rows.rows()[i]] = geometry.start(ends[i]);
            endOf[rows.rows()[i]] = ends[i];
        }
        rows.count(count);
        boolean isAll = count == batch.rowCount();
        count = 0;
        output.push(new InPlace(
                batch,
                width,
                new LongColumn(startOf, null, startOf.length),
                new LongColumn(endOf, null, endOf.length),
                isAll ? null : rows));
    }

    private void flush(Batch batch) {
        if (count == 0) {
            return;
        }
        int pushed = count;
        count = 0;
        rows.count(pushed);
        List<Column> columns = new ArrayList<>(width + 2);
        for (int i = 0; i < width; i++) {
            columns.add(Columns.gather(batch.column(i), rows));
        }
        long[] starts = new long[pushed];
        for (int i = 0; i < pushed; i++) {
            starts[i] = geometry.start(ends[i]);
        }
        columns.add(new LongColumn(starts, null, pushed));
        columns.add(new LongColumn(java.util.Arrays.copyOf(ends, pushed), null, pushed));
        output.push(new ColumnBatch(pushed, columns, null, weights(batch.weights(), pushed)));
    }

    private long @Nullable [] weights(long @Nullable [] of, int pushed) {
        if (of == null) {
            return null;
        }
        long[] weights = new long[pushed];
        for (int i = 0; i < pushed; i++) {
            weights[i] = of[rows.rows()[i]];
        }
        return weights;
    }

    @Override
    public void advance(Watermarks watermarks) {
        watermark = switch (timeAttribute) {
            case EVENT_TIME -> Math.max(watermark, watermarks.eventTime());
            case ROW_TIME -> Math.max(watermark, watermarks.rowTime());
            case NONE -> watermark;
        };
        super.advance(watermarks);
    }

    private record InPlace(
            Batch input,
            int width,
            Column starts,
            Column ends,
            @Nullable Selection selection) implements Batch {
        @Override
        public int rowCount() {
            return input.rowCount();
        }

        @Override
        public Column column(int index) {
            return index < width ? input.column(index) : index == width ? starts : ends;
        }

        @Override
        public long @Nullable [] weights() {
            return input.weights();
        }
    }
}
