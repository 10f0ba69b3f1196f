package io.millrace.executor.circuit;

import io.millrace.executor.column.Batch;
import io.millrace.executor.column.Column;
import io.millrace.executor.column.Selection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The wanted columns, and the wanted range of rows, of a block of the log; a column is decoded when it is asked for. */
final class ScanBatch implements Batch {
    private final int[] columns;
    private final Selection range = new Selection();

    private @Nullable Batch block;
    private boolean isWhole;
    private Selection selected = range;

    ScanBatch(List<Integer> columns) {
        this.columns = columns.stream().mapToInt(Integer::intValue).toArray();
    }

    ScanBatch whole(Batch newBlock) {
        block = newBlock;
        isWhole = true;
        return this;
    }

    /** Rows {@code from} (inclusive) to {@code to} (exclusive). */
    ScanBatch range(Batch newBlock, int from, int to) {
        block = newBlock;
        isWhole = from == 0 && to == newBlock.rowCount();
        int[] rows = range.rows();
        for (int row = from; row < to; row++) {
            rows[row - from] = row;
        }
        range.count(to - from);
        selected = range;
        return this;
    }

    /** Some of the rows. */
    ScanBatch selected(Batch newBlock, Selection rows) {
        block = newBlock;
        isWhole = false;
        selected = rows;
        return this;
    }

    /** Lets go of the block. */
    void clear() {
        block = null;
    }

    @Override
    public int rowCount() {
        return block().rowCount();
    }

    @Override
    public Column column(int index) {
        return block().column(columns[index]);
    }

    @Override
    public @Nullable Selection selection() {
        return isWhole ? block().selection() : selected;
    }

    @Override
    public long @Nullable [] weights() {
        return block().weights();
    }

    private Batch block() {
        Batch current = block;
        if (current == null) {
            throw new IllegalStateException("no block has been read");
        }
        return current;
    }
}
