package io.millrace.executor.column;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** A batch over columns that are there already. */
public record ColumnBatch(
        int rowCount, List<Column> columns, @Nullable Selection selection) implements Batch {
    public ColumnBatch(int rowCount, List<Column> columns) {
        this(rowCount, columns, null);
    }

    @Override
    public Column column(int index) {
        return columns.get(index);
    }
}
