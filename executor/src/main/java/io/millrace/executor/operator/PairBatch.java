package io.millrace.executor.operator;

import io.millrace.executor.column.Batch;
import io.millrace.executor.column.Column;
import io.millrace.executor.column.Columns;
import io.millrace.executor.column.Selection;
import io.millrace.plan.RowType;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Pairs of a row of a batch and a kept row, either of which may be missing and then reads as NULLs. A column is put
 * together when it is asked for: what nobody reads is not copied.
 */
final class PairBatch implements Batch {
    private final RowType leftType;
    private final RowBuffer right;
    private final @Nullable Column[] columns;

    private final Selection leftRows = new Selection();
    private final int[] rightRows = new int[Column.MAX_ROWS];
    private @Nullable Batch left;
    private @Nullable Selection selection;
    private int count;

    PairBatch(RowType leftType, int rightColumns, RowBuffer right) {
        this.leftType = leftType;
        this.right = right;
        columns = new Column[leftType.size() + rightColumns];
    }

    /** Drops all pairs; the next are with rows of {@code newLeft}, which is null when their left row is missing. */
    void reset(@Nullable Batch newLeft) {
        left = newLeft;
        selection = null;
        count = 0;
        Arrays.fill(columns, null);
    }

    boolean isFull() {
        return count == Column.MAX_ROWS;
    }

    /** @param rightRow -1 when it is missing */
    void add(int leftRow, int rightRow) {
        leftRows.rows()[count] = leftRow;
        rightRows[count++] = rightRow;
    }

    int rightRow(int pair) {
        return rightRows[pair];
    }

    void select(@Nullable Selection newSelection) {
        selection = newSelection;
    }

    @Override
    public int rowCount() {
        return count;
    }

    @Override
    public Column column(int index) {
        Column column = columns[index];
        if (column == null) {
            column = index < leftType.size()
                    ? leftColumn(index)
                    : right.gather(index - leftType.size(), rightRows, count);
            columns[index] = column;
        }
        return column;
    }

    private Column leftColumn(int index) {
        Batch batch = left;
        if (batch == null) {
            return Columns.nulls(leftType.type(index), count);
        }
        leftRows.count(count);
        return Columns.gather(batch.column(index), leftRows);
    }

    @Override
    public @Nullable Selection selection() {
        return selection;
    }
}
