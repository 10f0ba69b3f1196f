package io.millrace.executor.view;

import io.millrace.executor.column.Column;
import io.millrace.executor.column.DecimalColumn;
import io.millrace.executor.column.StringColumn;
import java.util.List;

/** Rows of a result, dense, in columns that belong to the receiver. Immutable. */
public record ResultBatch(int rowCount, List<Column> columns) {
    public ResultBatch {
        columns = List.copyOf(columns);
    }

    /** What it takes in memory, roughly. */
    long bytes() {
        long bytes = 0;
        for (Column column : columns) {
            if (column instanceof StringColumn strings) {
                bytes += strings.end(rowCount - 1) - strings.start(0) + (long) rowCount * Integer.BYTES;
            } else {
                bytes += (long) rowCount * (column instanceof DecimalColumn ? 2 * Long.BYTES : Long.BYTES);
            }
        }
        return bytes;
    }
}
