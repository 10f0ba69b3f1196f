package io.millrace.executor.operator;

import io.millrace.executor.aggregate.Aggregates;
import io.millrace.executor.column.Batch;
import io.millrace.executor.column.Column;
import io.millrace.executor.column.ColumnBatch;
import io.millrace.executor.column.LongColumn;
import io.millrace.executor.state.GroupTable;
import io.millrace.executor.time.Watermarks;
import io.millrace.plan.TimeAttribute;
import io.millrace.plan.WindowAggregate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Adds each row to its (pane, key); when the watermark reaches the end of a window, emits the merge of its panes, once
 * per key. State is one table of groups per pane, which is dropped with the last window that has the pane.
 */
public final class WindowAggregateOperator implements Operator, Windowed {
    private final int timeColumn;
    private final TimeAttribute timeAttribute;
    private final PaneGeometry geometry;
    private final Grouping grouping;
    private final Panes panes;
    private final PaneRouter router;
    private final PaneMerger merger;
    private final Operator output;

    private long watermark = Watermarks.NONE;
    /** No window that ends before this is emitted any more. */
    private long nextEnd = Long.MIN_VALUE;

    private final int[] rows = new int[Column.MAX_ROWS];

    public WindowAggregateOperator(WindowAggregate node, Operator output) {
        this.output = output;
        timeColumn = node.timeColumn();
        timeAttribute = node.timeAttribute();
        geometry = new PaneGeometry(node.window());
        grouping = new Grouping(node.input().rowType().types(), node.keys(), node.aggregates(), Aggregates.Use.MERGED);
        panes = new Panes(grouping.pool());
        router = new PaneRouter(geometry, panes);
        merger = new PaneMerger(grouping, panes, geometry);
    }

    @Override
    public void push(Batch batch) {
        router.route(batch, (LongColumn) batch.column(timeColumn), watermark);
        for (int i = 0; i < router.touchedCount(); i++) {
            Pane pane = router.pane(i);
            int count = router.count(i);
            grouping.add(pane.table, batch, rowsOf(i, count), count);
            merger.invalidate(pane.index);
        }
    }

    @Override
    public void advance(Watermarks watermarks) {
        long reached = watermarks.of(timeAttribute);
        if (reached > watermark) {
            watermark = reached;
            closeWindows(reached);
        }
        output.advance(watermarks);
    }

    @Override
    public void endStep() {
        sweepStrings();
        output.endStep();
    }

    @Override
    public void finish() {
        closeWindows(Long.MAX_VALUE);
        output.finish();
    }

    @Override
    public long lateRows() {
        return router.lateRows();
    }

    /** Rows that fall in no window, because their time is NULL or too extreme. */
    public long unplacedRows() {
        return router.unplacedRows();
    }

    @Override
    public long stateBytes() {
        return panes.bytes() + merger.bytes() + grouping.bytes() + output.stateBytes();
    }

    @Override
    public long nextWindowEnd() {
        Pane lowest = panes.lowest();
        return lowest == null ? Long.MAX_VALUE : Math.max(geometry.firstEnd(geometry.paneStart(lowest.index)), nextEnd);
    }

    @Override
    public boolean isDone() {
        return output.isDone();
    }

    @Override
    public void close() {
        output.close();
    }

    private int[] rowsOf(int ordinal, int count) {
        int start = router.start(ordinal);
        if (start == 0) {
            return router.rows();
        }
        System.arraycopy(router.rows(), start, rows, 0, count);
        return rows;
    }

    /** Emits, by their ends, all windows that hold rows and end at or below {@code reached}; drops panes behind them. */
    private void closeWindows(long reached) {
        for (Pane lowest = panes.lowest(); lowest != null && !output.isDone(); lowest = panes.lowest()) {
            long paneStart = geometry.paneStart(lowest.index);
            long end = Math.max(geometry.firstEnd(paneStart), nextEnd);
            if (end > geometry.lastEnd(paneStart)) {
                panes.drop(lowest);
                continue;
            }
            if (end > reached) {
                break;
            }
            long start = geometry.start(end);
            emit(merger.window(geometry.paneOf(start), geometry.paneOf(end)), start, end);
            nextEnd = end + geometry.slide();
        }
        nextEnd = Math.max(nextEnd, geometry.firstOpenEnd(reached));
    }

    private void emit(GroupTable table, long start, long end) {
        int[] groups = grouping.sorted(table);
        for (int from = 0; from < table.size() && !output.isDone(); from += Column.MAX_ROWS) {
            int count = Math.min(Column.MAX_ROWS, table.size() - from);
            List<Column> columns = new ArrayList<>();
            grouping.keys(table, groups, from, count, columns);
            columns.add(constant(start, count));
            columns.add(constant(end, count));
            grouping.results(table, groups, from, count, columns);
            output.push(new ColumnBatch(count, columns));
        }
    }

    private void sweepStrings() {
        if (!grouping.isSweepDue()) {
            return;
        }
        merger.forgetWindow();
        List<GroupTable> tables = merger.nodeTables();
        panes.tables().forEach(tables::add);
        grouping.sweep(tables);
    }

    private static LongColumn constant(long value, int count) {
        long[] values = new long[count];
        Arrays.fill(values, value);
        return new LongColumn(values, null, count);
    }
}
