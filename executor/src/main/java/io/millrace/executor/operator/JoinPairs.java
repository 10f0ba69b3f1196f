package io.millrace.executor.operator;

import io.millrace.executor.column.Batch;
import io.millrace.executor.column.Column;
import io.millrace.executor.column.ColumnBuilder;
import io.millrace.executor.column.Columns;
import io.millrace.executor.column.Selection;
import io.millrace.executor.table.VersionedRows;
import io.millrace.plan.DataType;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Pairs of a changed row and a kept row of the other side, either of which may be missing and then reads as NULLs. A column is
 * put together when it is asked for.
 */
final class JoinPairs implements Batch {
    private final List<DataType> types;
    private final int leftWidth;
    private final int width;
    private final @Nullable Column[] columns;
    private final Selection changedRows = new Selection();
    private final int[] keptRows = new int[Column.MAX_ROWS];
    private final long[] weights = new long[Column.MAX_ROWS];

    private @Nullable Batch changed;
    private @Nullable VersionedRows kept;
    private boolean isChangedLeft;
    private @Nullable Selection selection;
    private int count;

    /**
     * @param types of both sides, the left one first
     * @param width how many of them are given out: those of the left side alone, for joins that only filter
     */
    JoinPairs(List<DataType> types, int leftWidth, int width) {
        this.types = types;
        this.leftWidth = leftWidth;
        this.width = width;
        columns = new Column[types.size()];
    }

    int width() {
        return width;
    }

    /** Begins anew; a side that is null is missing in all pairs. */
    void reset(@Nullable Batch newChanged, @Nullable VersionedRows newKept, boolean changedLeft) {
        changed = newChanged;
        kept = newKept;
        isChangedLeft = changedLeft;
        selection = null;
        count = 0;
        Arrays.fill(columns, null);
    }

    boolean isFull() {
        return count == Column.MAX_ROWS;
    }

    void add(int changedRow, int keptRow, long weight) {
        changedRows.rows()[count] = changedRow;
        keptRows[count] = keptRow;
        weights[count++] = weight;
    }

    int keptRow(int pair) {
        return keptRows[pair];
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
            boolean isLeft = index < leftWidth;
            int inSide = isLeft ? index : index - leftWidth;
            column = isLeft == isChangedLeft ? changedColumn(inSide, index) : keptColumn(inSide, index);
            columns[index] = column;
        }
        return column;
    }

    private Column changedColumn(int inSide, int index) {
        Batch batch = changed;
        if (batch == null) {
            return Columns.nulls(types.get(index), count);
        }
        changedRows.count(count);
        return Columns.gather(batch.column(inSide), changedRows);
    }

    private Column keptColumn(int inSide, int index) {
        VersionedRows rows = kept;
        if (rows == null) {
            return Columns.nulls(types.get(index), count);
        }
        ColumnBuilder builder = ColumnBuilder.of(types.get(index));
        for (int i = 0; i < count; i++) {
            builder.append(rows.columns(keptRows[i]).get(inSide), VersionedRows.inBlock(keptRows[i]));
        }
        return builder.build();
    }

    @Override
    public @Nullable Selection selection() {
        return selection;
    }

    @Override
    public long[] weights() {
        return weights;
    }
}
