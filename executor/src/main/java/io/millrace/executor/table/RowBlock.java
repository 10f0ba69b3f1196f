package io.millrace.executor.table;

import io.millrace.executor.column.Column;
import io.millrace.executor.column.ColumnBuilder;
import io.millrace.executor.column.Columns;
import io.millrace.executor.column.Selection;
import io.millrace.plan.DataType;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Up to {@link Column#MAX_ROWS} rows of a table, in the order of their births; a birth is the position of the change that
 * made the row. For one thread, which hands out views to others.
 */
final class RowBlock {
    private static final int FIRST_ROWS = 64;

    private final List<ColumnBuilder> builders;
    private final boolean hasBirths;
    /** Of the columns, but for the bytes of strings; counted from the first row on. */
    private final long roomBytes;

    private long[] births;
    private Deaths deaths;
    private int rows;
    private @Nullable BlockView view;
    private boolean isSealed;

    /**
     * @param hasBirths whether rows can be found by their births
     * @param isFirst whether it may stay small
     */
    RowBlock(List<DataType> types, boolean hasBirths, boolean isFirst) {
        this.hasBirths = hasBirths;
        int room = isFirst ? FIRST_ROWS : Column.MAX_ROWS;
        births = new long[hasBirths ? room : 0];
        deaths = new Deaths(room);
        builders = types.stream().map(type -> ColumnBuilder.of(type, room)).toList();
        roomBytes = types.stream().mapToLong(type -> (long) room * width(type)).sum();
    }

    private static int width(DataType type) {
        return switch (type.storage()) {
            case LONG, DOUBLE -> Long.BYTES;
            case DECIMAL128 -> 2 * Long.BYTES;
            case BYTES -> Integer.BYTES;
        };
    }

    int rows() {
        return rows;
    }

    boolean hasBirths() {
        return hasBirths;
    }

    int room() {
        return Column.MAX_ROWS - rows;
    }

    /** Copies rows, at most {@link #room}, born one after the other from {@code birth} on. */
    void append(List<Column> columns, Selection selection, long birth) {
        int count = selection.count();
        copy(columns, selection);
        for (int i = 0; hasBirths && i < count; i++) {
            births[rows + i] = birth + i;
        }
        grow(count);
    }

    private void copy(List<Column> columns, Selection selection) {
        reserve(rows + selection.count());
        try {
            for (int i = 0; i < builders.size(); i++) {
                builders.get(i).appendAll(columns.get(i), selection);
            }
        } catch (RuntimeException | Error failure) { // memory has run out
            builders.forEach(builder -> builder.truncate(Math.min(rows, builder.size())));
            throw failure;
        }
    }

    /** Copies rows of another block with their births. */
    void append(BlockView source, RowBlock block, Selection selection) {
        int count = selection.count();
        copy(source.columns(), selection);
        for (int i = 0; hasBirths && i < count; i++) {
            births[rows + i] = block.births[selection.rows()[i]];
        }
        grow(count);
    }

    private void grow(int count) {
        rows += count;
        view = null;
        if (rows == Column.MAX_ROWS) {
            seal();
        }
    }

    /** No row will follow: what was reserved for more is given back. */
    private void seal() {
        List<Column> columns =
                builders.stream().map(builder -> Columns.exact(builder.build())).toList();
        view = new BlockView(columns, deaths, rows);
        isSealed = true;
    }

    private void reserve(int needed) {
        if (needed > deaths.capacity()) {
            int capacity = Math.min(Column.MAX_ROWS, Math.max(needed, deaths.capacity() * 2));
            births = hasBirths ? Arrays.copyOf(births, capacity) : births;
            deaths = deaths.grown(capacity);
            view = null; // also when no row follows after all
        }
    }

    /** The rows so far; valid for ever. */
    BlockView view() {
        BlockView known = view;
        if (known == null) {
            List<Column> columns = builders.stream().map(ColumnBuilder::view).toList();
            known = new BlockView(columns, deaths, rows);
            view = known;
        }
        return known;
    }

    Deaths deaths() {
        return deaths;
    }

    long birth(int row) {
        return births[row];
    }

    /** The row of a birth; negative when there is none. */
    int find(long birth) {
        return Arrays.binarySearch(births, 0, rows, birth);
    }

    long bytes() {
        long bytes = (long) births.length * Long.BYTES + deaths.bytes();
        if (isSealed) {
            for (Column column : view().columns()) {
                bytes += Columns.heldBytes(column);
            }
            return bytes;
        }
        long used = 0;
        for (ColumnBuilder builder : builders) {
            used += builder.sizeBytes();
        }
        return bytes + Math.max(used, roomBytes);
    }
}
