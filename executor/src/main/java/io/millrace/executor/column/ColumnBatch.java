package io.millrace.executor.column;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** A batch over columns that are there already. */
@SuppressWarnings("ArrayRecordComponent") // valid during a call, and never compared
public record ColumnBatch(
        int rowCount, List<Column> columns, @Nullable Selection selection, long @Nullable [] weights) implements Batch {
    public ColumnBatch(int rowCount, List<Column> columns) {
        this(rowCount, columns, null, null);
    }

    public ColumnBatch(int rowCount, List<Column> columns, @Nullable Selection selection) {
        this(rowCount, columns, selection, null);
    }

    @Override
    public Column column(int index) {
        return columns.get(index);
    }
}
