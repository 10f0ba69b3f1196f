package io.millrace.executor.operator;

import io.millrace.executor.column.Batch;
import io.millrace.executor.column.Column;
import io.millrace.executor.column.ColumnBatch;
import io.millrace.executor.state.IndexSorter;
import io.millrace.executor.work.QueryScope;
import io.millrace.plan.RowType;
import io.millrace.plan.Sort;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the rows of a bounded input and emits them in order at the end; equal rows stay in the order in which they came.
 * Of a top-N no more than about twice N rows are kept: then the best N are sorted out, and later rows that do not beat
 * the worst of them are not even copied.
 */
public final class SortOperator extends Transform {
    private static final int SLACK = 4 * Column.MAX_ROWS;

    /** What sorting takes for a row: index and prefix, and as much again to merge. */
    private static final long SORT_BYTES = 2 * (Integer.BYTES + Long.BYTES);

    private final RowOrder order;
    private final RowType rowType;
    private final long offset;
    /** How many of the first rows count. */
    private final long needed;

    private final IndexSorter sorter = new IndexSorter();

    private RowBuffer rows;
    /** The last row that counts so far, alone; null while fewer have come. */
    private @Nullable RowBuffer worst;

    public SortOperator(Sort node, Operator output) {
        super(output);
        order = new RowOrder(node.keys());
        rowType = node.rowType();
        offset = node.offset();
        needed = node.fetch() > Long.MAX_VALUE - offset ? Long.MAX_VALUE : offset + node.fetch();
        rows = new RowBuffer(rowType);
    }

    @Override
    public void push(Batch batch) {
        if (needed == 0) {
            return;
        }
        RowBuffer bound = worst;
        if (bound == null) {
            rows.appendAll(batch);
        } else {
            appendBetter(batch, bound);
        }
        if (rows.size() - SLACK > needed && rows.size() / 2 > needed) {
            cut();
        }
    }

    @Override
    public void finish() {
        int[] sorted = sorted();
        long end = Math.min(needed, rows.size());
        for (long from = offset; from < end && !output.isDone(); from += Column.MAX_ROWS) {
            int count = (int) Math.min(Column.MAX_ROWS, end - from);
            output.push(new ColumnBatch(count, rows.gather(sorted, (int) from, count)));
        }
        rows = new RowBuffer(rowType);
        super.finish();
    }

    @Override
    public long stateBytes() {
        return rows.bytes() + Math.max(sorter.bytes(), rows.size() * SORT_BYTES) + output.stateBytes();
    }

    private void appendBetter(Batch batch, RowBuffer bound) {
        int count = batch.selectedCount();
        int[] selected = RowNumbers.of(batch);
        for (int i = 0; i < count; i++) {
            if (order.compare(batch::column, selected[i], bound.columns(0), 0) < 0) {
                rows.append(batch::column, selected[i]);
            }
        }
    }

    /** Keeps the rows that count, in order, and no others. */
    private void cut() {
        int[] sorted = sorted();
        RowBuffer kept = new RowBuffer(rowType);
        for (int i = 0; i < needed; i++) {
            kept.append(rows.columns(sorted[i]), rows.row(sorted[i]));
        }
        int last = sorted[(int) needed - 1];
        RowBuffer bound = new RowBuffer(rowType);
        bound.append(rows.columns(last), rows.row(last));
        bound.seal();
        worst = bound;
        rows = kept;
    }

    private int[] sorted() {
        rows.seal();
        QueryScope.allocate(rows.size() * SORT_BYTES);
        int[] indexes = new int[rows.size()];
        long[] prefixes = new long[rows.size()];
        for (int i = 0; i < indexes.length; i++) {
            QueryScope.checkRow(i);
            indexes[i] = i;
            prefixes[i] = order.prefix(rows.columns(i), rows.row(i));
        }
        sorter.sort(
                prefixes,
                indexes,
                indexes.length,
                (left, right) ->
                        order.compare(rows.columns(left), rows.row(left), rows.columns(right), rows.row(right)));
        return indexes;
    }
}
