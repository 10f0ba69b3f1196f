package io.millrace.executor.table;

import io.millrace.executor.column.Batch;
import io.millrace.executor.column.Column;
import io.millrace.executor.column.ColumnBatch;
import io.millrace.executor.column.Columns;
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

    /** Of the block that was read last: rows that are there more than once, and how often they are still to come. */
    private @Nullable BlockView repeated;

    private int repeatedBlock;
    private int repeatedRow;
    private long repetitions;

    TableRows(TableVersion version, List<Integer> columns) {
        this.version = version;
        this.columns = List.copyOf(columns);
    }

    /** The next batch, valid until the next call; null at the end. */
    public @Nullable Batch next() {
        if (repeated != null) {
            Batch more = repetitions(repeated);
            if (more != null) {
                return more;
            }
            repeated = null;
        }
        while (next < version.blockCount()) {
            BlockView block = version.block(next);
            Selection selection = block.deaths().visible(block.rows(), version.position(), visible);
            int number = next++;
            if (selection == null || selection.count() > 0) {
                if (version.isCounted()) {
                    repeated = block;
                    repeatedBlock = number;
                    repeatedRow = -1;
                    repetitions = 0;
                }
                return new ColumnBatch(block.rows(), columns(block, number), selection);
            }
        }
        return null;
    }

    private @Nullable Batch repetitions(BlockView block) {
        long[] counts = ((LongColumn) block.columns().get(block.columns().size() - 1)).values();
        Selection rows = new Selection();
        int found = 0;
        while (found < Column.MAX_ROWS) {
            if (repetitions == 0) {
                if (++repeatedRow == block.rows()) {
                    repeatedRow--;
                    break;
                }
                boolean isVisible = block.deaths().isVisible(repeatedRow, version.position());
                repetitions = isVisible ? counts[repeatedRow] - 1 : 0;
            } else {
                rows.rows()[found++] = repeatedRow;
                repetitions--;
            }
        }
        if (found == 0) {
            return null;
        }
        rows.count(found);
        List<Column> copies = new ArrayList<>();
        columns(block, repeatedBlock).forEach(column -> copies.add(Columns.gather(column, rows)));
        return new ColumnBatch(found, copies);
    }

    private List<Column> columns(BlockView block, int number) {
        List<Column> wanted = new ArrayList<>(columns.size());
        for (int column : columns) {
            wanted.add(
                    column == block.columns().size()
                            ? numbers(number << VersionedRows.BLOCK_SHIFT, block.rows())
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
