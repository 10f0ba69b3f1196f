package io.millrace.executor.view;

import io.millrace.error.MillraceException;
import io.millrace.executor.column.Column;
import io.millrace.executor.column.ColumnBuilder;
import io.millrace.executor.column.Selection;
import io.millrace.plan.OutputColumn;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The result of a statement whose rows are all known: SHOW, DESCRIBE, EXPLAIN. */
public final class StaticResult implements ResultCursor {
    private final List<OutputColumn> columns;

    private ResultBatch rows;
    private @Nullable MillraceException cancelled;

    public StaticResult(List<OutputColumn> columns, ResultBatch rows) {
        this.columns = List.copyOf(columns);
        this.rows = rows;
    }

    /** Rows of canonical values. */
    public static StaticResult of(List<OutputColumn> columns, List<? extends List<? extends @Nullable Object>> rows) {
        List<Column> built = new ArrayList<>();
        for (int column = 0; column < columns.size(); column++) {
            ColumnBuilder builder = ColumnBuilder.of(columns.get(column).type());
            for (List<? extends @Nullable Object> row : rows) {
                builder.appendValue(row.get(column));
            }
            built.add(builder.build());
        }
        return new StaticResult(columns, new ResultBatch(rows.size(), built));
    }

    @Override
    public List<OutputColumn> columns() {
        return columns;
    }

    @Override
    public synchronized @Nullable ResultBatch poll(int maxRows) {
        if (cancelled != null) {
            throw cancelled;
        }
        ResultBatch waiting = rows;
        if (waiting.rowCount() == 0) {
            return null;
        }
        if (waiting.rowCount() <= maxRows) {
            rows = new ResultBatch(0, List.of());
            return waiting;
        }
        rows = range(waiting, maxRows, waiting.rowCount());
        return range(waiting, 0, maxRows);
    }

    @Override
    public synchronized boolean isFinished() {
        return cancelled == null && rows.rowCount() == 0;
    }

    @Override
    public void onAvailable(Runnable listener) {
        listener.run();
    }

    @Override
    public synchronized void cancel(MillraceException reason) {
        cancelled = reason;
    }

    @Override
    public synchronized void close() {
        rows = new ResultBatch(0, List.of());
    }

    private ResultBatch range(ResultBatch batch, int from, int to) {
        Selection selection = new Selection(to - from);
        for (int row = from; row < to; row++) {
            selection.rows()[row - from] = row;
        }
        selection.count(to - from);
        List<Column> copies = new ArrayList<>();
        for (int column = 0; column < columns.size(); column++) {
            ColumnBuilder builder = ColumnBuilder.of(columns.get(column).type());
            builder.appendAll(batch.columns().get(column), selection);
            copies.add(builder.build());
        }
        return new ResultBatch(to - from, copies);
    }
}
