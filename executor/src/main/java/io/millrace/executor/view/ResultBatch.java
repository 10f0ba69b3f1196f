package io.millrace.executor.view;

import io.millrace.executor.column.Column;
import java.util.List;

/** Rows of a result, dense, in columns that belong to the receiver. Immutable. */
public record ResultBatch(int rowCount, List<Column> columns) {
    public ResultBatch {
        columns = List.copyOf(columns);
    }
}
