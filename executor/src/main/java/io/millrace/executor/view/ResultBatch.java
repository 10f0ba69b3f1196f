package io.millrace.executor.view;

import io.millrace.executor.column.Column;
import io.millrace.executor.column.Columns;
import java.util.List;

/** Rows of a result, dense, in columns that belong to the receiver. Immutable. */
public record ResultBatch(int rowCount, List<Column> columns) {
    public ResultBatch {
        columns = List.copyOf(columns);
    }

    /** What its columns take in memory. */
    public long bytes() {
        long bytes = 0;
        for (Column column : columns) {
            bytes += Columns.heldBytes(column);
        }
        return bytes;
    }
}
