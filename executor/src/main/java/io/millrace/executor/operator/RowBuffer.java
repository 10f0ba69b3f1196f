package io.millrace.executor.operator;

import io.millrace.error.ErrorCode;
import io.millrace.error.MillraceException;
import io.millrace.executor.column.Batch;
import io.millrace.executor.column.Column;
import io.millrace.executor.column.ColumnBuilder;
import io.millrace.executor.column.Columns;
import io.millrace.executor.column.Selection;
import io.millrace.plan.RowType;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;

/** Rows that are kept, numbered from 0, in blocks of columns of {@link Column#MAX_ROWS}. */
final class RowBuffer {
    private static final int BLOCK_SHIFT = 12;
    private static final int BLOCK_MASK = Column.MAX_ROWS - 1;

    private final RowType rowType;
    private final ColumnBuilder[] open;
    private final List<Block> blocks = new ArrayList<>();
    private final Selection appended = new Selection();
    private int size;
    private long sealedBytes;

    RowBuffer(RowType rowType) {
        this(rowType, 0);
    }

    /** @param expected about how many rows will come */
    RowBuffer(RowType rowType, int expected) {
        this.rowType = rowType;
        open = new ColumnBuilder[rowType.types().size()];
        open(Math.min(Column.MAX_ROWS, expected));
    }

    private void open(int room) {
        for (int i = 0; i < open.length; i++) {
            open[i] = ColumnBuilder.of(rowType.type(i), room);
        }
    }

    int size() {
        return size;
    }

    /** Copies one row. */
    void append(IntFunction<Column> columns, int row) {
        if (size == Integer.MAX_VALUE - Column.MAX_ROWS) {
            throw tooMany();
        }
        for (int i = 0; i < open.length; i++) {
            open[i].append(columns.apply(i), row);
        }
        size++;
        if ((size & BLOCK_MASK) == 0) {
            sealBlock();
        }
    }

    /** Copies the selected rows of a batch. */
    void appendAll(Batch batch) {
        int count = batch.selectedCount();
        if ((size & BLOCK_MASK) + count < Column.MAX_ROWS) {
            for (int i = 0; i < open.length; i++) {
                open[i].appendAll(batch.column(i), batch.selection());
            }
            size += count;
            return;
        }
        append(batch, RowNumbers.of(batch), count);
    }

    /** Copies the first {@code count} of {@code rows}. */
    void append(Batch batch, int[] rows, int count) {
        int taken = 0;
        while (taken < count) {
            int part = Math.min(count - taken, Column.MAX_ROWS - (size & BLOCK_MASK));
            if (size > Integer.MAX_VALUE - Column.MAX_ROWS) {
                throw tooMany();
            }
            if ((size & BLOCK_MASK) == 0 && size > 0) {
                open(Column.MAX_ROWS);
            }
            System.arraycopy(rows, taken, appended.rows(), 0, part);
            appended.count(part);
            for (int i = 0; i < open.length; i++) {
                open[i].appendAll(batch.column(i), appended);
            }
            size += part;
            taken += part;
            if ((size & BLOCK_MASK) == 0) {
                sealBlock();
            }
        }
    }

    /** Makes all rows readable; nothing can be appended after that. */
    void seal() {
        if ((size & BLOCK_MASK) != 0) {
            sealBlock();
        }
    }

    /** The columns that hold a row, at {@link #row}. */
    IntFunction<Column> columns(int index) {
        return blocks.get(index >>> BLOCK_SHIFT);
    }

    int row(int index) {
        return index & BLOCK_MASK;
    }

    /** A copy of some rows as columns. */
    List<Column> gather(int[] indexes, int from, int count) {
        List<Column> columns = new ArrayList<>(open.length);
        for (int i = 0; i < open.length; i++) {
            ColumnBuilder builder = ColumnBuilder.of(open[i].type());
            for (int k = from; k < from + count; k++) {
                builder.append(columns(indexes[k]).apply(i), row(indexes[k]));
            }
            columns.add(builder.build());
        }
        return columns;
    }

    /** One column of some rows; a negative index gives NULL. */
    Column gather(int column, int[] indexes, int count) {
        ColumnBuilder builder = ColumnBuilder.of(open[column].type());
        for (int k = 0; k < count; k++) {
            int index = indexes[k];
            if (index < 0) {
                builder.appendNull();
            } else {
                builder.append(blocks.get(index >>> BLOCK_SHIFT).columns.get(column), index & BLOCK_MASK);
            }
        }
        return builder.build();
    }

    long bytes() {
        long bytes = sealedBytes;
        for (ColumnBuilder builder : open) {
            bytes += builder.sizeBytes();
        }
        return bytes;
    }

    private static MillraceException tooMany() {
        return new MillraceException(ErrorCode.LIMIT_EXCEEDED, "too many rows to keep in memory");
    }

    private void sealBlock() {
        List<Column> columns = new ArrayList<>(open.length);
        for (ColumnBuilder builder : open) {
            Column column = builder.build();
            sealedBytes += Columns.heldBytes(column);
            columns.add(column);
        }
        blocks.add(new Block(columns));
    }

    private record Block(List<Column> columns) implements IntFunction<Column> {
        @Override
        public Column apply(int column) {
            return columns.get(column);
        }
    }
}
