package io.millrace.executor.view;

import io.millrace.executor.column.Batch;
import io.millrace.executor.column.Column;
import io.millrace.executor.column.ColumnBatch;
import io.millrace.executor.column.ColumnBuilder;
import io.millrace.executor.column.Selection;
import io.millrace.plan.DataType;
import java.util.ArrayList;
import java.util.List;

/** Gathers copies of changes in full blocks. For one thread. */
final class DeltaBuilder {
    private final List<DataType> types;
    private final ColumnBuilder[] columns;
    private final Selection part = new Selection();
    private List<ColumnBatch> blocks = new ArrayList<>();
    private long[] weights = new long[64];
    private boolean isWeighted;
    private int rows;
    private long sealedRows;
    private long sealedBytes;

    DeltaBuilder(List<DataType> types) {
        this.types = List.copyOf(types);
        columns = types.stream().map(ColumnBuilder::of).toArray(ColumnBuilder[]::new);
    }

    /** Copies the selected rows. */
    void append(Batch batch) {
        int count = batch.selectedCount();
        Selection selection = batch.selection();
        long[] given = batch.weights();
        isWeighted |= given != null;
        for (int taken = 0; taken < count; ) {
            int run = Math.min(count - taken, Column.MAX_ROWS - rows);
            for (int i = 0; i < run; i++) {
                part.rows()[i] = selection == null ? taken + i : selection.rows()[taken + i];
            }
            part.count(run);
            boolean isWhole = run == batch.rowCount();
            for (int i = 0; i < columns.length; i++) {
                columns[i].appendAll(batch.column(i), isWhole ? null : part);
            }
            weigh(given, run);
            taken += run;
            rows += run;
            if (rows == Column.MAX_ROWS) {
                seal();
            }
        }
    }

    /** Copies one row. */
    void append(List<Column> source, int row, long weight) {
        for (int i = 0; i < columns.length; i++) {
            columns[i].append(source.get(i), row);
        }
        reserve(rows + 1);
        weights[rows++] = weight;
        isWeighted = true;
        if (rows == Column.MAX_ROWS) {
            seal();
        }
    }

    /** The next rows, so many, will be in one block. */
    void keepTogether(int count) {
        if (rows + count > Column.MAX_ROWS) {
            seal();
        }
    }

    private void weigh(long @org.jspecify.annotations.Nullable [] given, int run) {
        reserve(rows + run);
        for (int i = 0; i < run; i++) {
            weights[rows + i] = given == null ? 1 : given[part.rows()[i]];
        }
    }

    private void reserve(int needed) {
        if (needed > weights.length) {
            weights = java.util.Arrays.copyOf(weights, Math.min(Column.MAX_ROWS, Math.max(needed, weights.length * 2)));
        }
    }

    private void seal() {
        List<Column> built = new ArrayList<>(columns.length);
        for (ColumnBuilder column : columns) {
            built.add(column.build());
        }
        ColumnBatch block = new ColumnBatch(rows, built, null, isWeighted ? weights : null);
        for (Column column : built) {
            sealedBytes += io.millrace.executor.column.Columns.heldBytes(column);
        }
        sealedBytes += isWeighted ? (long) weights.length * Long.BYTES : 0;
        blocks.add(block);
        sealedRows += rows;
        rows = 0;
        weights = new long[64];
    }

    long size() {
        return sealedRows + rows;
    }

    /** Hands the changes over; none are left. */
    Delta build() {
        if (rows > 0) {
            seal();
        }
        Delta delta = new Delta(blocks, sealedRows);
        blocks = new ArrayList<>();
        sealedRows = 0;
        sealedBytes = 0;
        isWeighted = false;
        return delta;
    }

    List<DataType> types() {
        return types;
    }

    long bytes() {
        long bytes = sealedBytes;
        for (ColumnBuilder column : columns) {
            bytes += column.sizeBytes();
        }
        return bytes;
    }
}
