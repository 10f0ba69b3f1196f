package io.millrace.executor.table;

import io.millrace.executor.column.Batch;
import io.millrace.executor.column.Column;
import io.millrace.executor.column.ColumnBatch;
import io.millrace.executor.column.ColumnBuilder;
import io.millrace.executor.column.Columns;
import io.millrace.executor.column.Selection;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The rows of a table or view as they were at one position. Immutable and thread-safe; it stays readable, and keeps the rows it shows
 * in memory, for as long as it is held.
 */
public final class TableVersion {
    private final long position;
    private final BlockView[] blocks;
    private final int rowCount;
    private final long liveRows;
    private final @Nullable KeyColumns keys;
    private final @Nullable KeyIndex index;
    private final boolean isCounted;
    private final int compactions;

    TableVersion(
            long position,
            BlockView[] blocks,
            int rowCount,
            long liveRows,
            @Nullable KeyColumns keys,
            @Nullable KeyIndex index,
            boolean isCounted,
            int compactions) {
        this.position = position;
        this.blocks = blocks;
        this.rowCount = rowCount;
        this.liveRows = liveRows;
        this.keys = keys;
        this.index = index;
        this.isCounted = isCounted;
        this.compactions = compactions;
    }

    /** How many numbers rows have: those of the dead, while they are there, too. */
    int rowCount() {
        return rowCount;
    }

    /** How often rows have got other numbers. */
    int compactions() {
        return compactions;
    }

    /** The columns by which rows are found; null when they are not. */
    @Nullable
    KeyColumns keys() {
        return keys;
    }

    /** Of a table: how many changes its log has up to here. */
    public long position() {
        return position;
    }

    /** How many rows there are; of a view that counts equal rows, how many different ones. */
    public long rows() {
        return liveRows;
    }

    /**
     * All rows, in the order in which they came.
     *
     * @param columns which columns of the table; the number of the table's columns stands for the numbers of the rows
     */
    public TableRows scan(List<Integer> columns) {
        return new TableRows(this, columns);
    }

    /**
     * The row of a key; null when there is none, or the table has no key.
     *
     * @param key the columns of the key, in its order, of one row
     */
    public @Nullable Batch find(List<Column> key, List<Integer> columns) {
        KeyColumns ours = keys;
        if (ours == null || index == null) {
            return null;
        }
        KeyColumns layout = ours.alone();
        int row = index.newest(
                layout.hash(key, 0),
                rowCount,
                candidate -> ours.equal(columns(candidate), VersionedRows.inBlock(candidate), layout, key, 0));
        while (row != KeyIndex.NONE && !isVisible(row)) {
            row = index.older(row);
        }
        return row == KeyIndex.NONE ? null : single(row, columns);
    }

    private Batch single(int row, List<Integer> wanted) {
        Selection one = new Selection(1);
        one.rows()[0] = VersionedRows.inBlock(row);
        one.count(1);
        List<Column> source = columns(row);
        List<Column> columns = new ArrayList<>(wanted.size());
        for (int column : wanted) {
            columns.add(column == source.size() ? TableRows.numbers(row, 1) : Columns.gather(source.get(column), one));
        }
        return new ColumnBatch(1, columns);
    }

    private boolean isVisible(int row) {
        return block(row >>> VersionedRows.BLOCK_SHIFT).deaths().isVisible(VersionedRows.inBlock(row), position);
    }

    /** Copies a value of a row to a column. */
    public void copy(int row, int column, ColumnBuilder into) {
        into.append(columns(row).get(column), VersionedRows.inBlock(row));
    }

    List<Column> columns(int row) {
        return block(row >>> VersionedRows.BLOCK_SHIFT).columns();
    }

    /** Whether the last column tells how often a row is there. */
    boolean isCounted() {
        return isCounted;
    }

    int blockCount() {
        return blocks.length;
    }

    BlockView block(int number) {
        return blocks[number];
    }
}
