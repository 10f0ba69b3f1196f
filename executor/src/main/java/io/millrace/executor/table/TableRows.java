package io.millrace.executor.table;

import io.millrace.executor.column.Batch;
import io.millrace.executor.column.Column;
import io.millrace.executor.column.ColumnBatch;
import io.millrace.executor.column.LongColumn;
import io.millrace.executor.column.Selection;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads the rows of a version, block by block. For one thread at a time. */
public final class TableRows {
    private final TableVersion version;
    private final List<Integer> columns;
    private final Selection visible = new Selection();

    private int next;

    TableRows(TableVersion version, List<Integer> columns) {
        this.version = version;
        this.columns = List.copyOf(columns);
    }

    /** The next batch, valid until the next call; null at the end. */
    public @Nullable Batch next() {
        while (next < version.blockCount()) {
            BlockView block = version.block(next);
            Selection selection = block.deaths().visible(block.rows(), version.position(), visible);
            int first = next++ << RowStore.BLOCK_SHIFT;
            if (selection == null || selection.count() > 0) {
                return new ColumnBatch(block.rows(), columns(block, first), selection);
            }
        }
        return null;
    }

    private List<Column> columns(BlockView block, int first) {
        List<Column> wanted = new ArrayList<>(columns.size());
        for (int column : columns) {
            wanted.add(
                    column == block.columns().size()
                            ? numbers(first, block.rows())
                            : block.columns().get(column));
        }
        return wanted;
    }

    static Column numbers(int first, int count) {
        long[] numbers = new long[count];
        for (int i = 0; i < count; i++) {
            numbers[i] = first + i;
        }
        return new LongColumn(numbers, null, count);
    }
}
