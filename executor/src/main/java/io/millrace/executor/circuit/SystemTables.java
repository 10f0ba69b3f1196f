package io.millrace.executor.circuit;

import io.millrace.executor.column.Batch;
import java.util.List;

/** Makes the rows of system tables. Thread-safe. */
@FunctionalInterface
public interface SystemTables {
    /** All rows of a table as it is now, with all its columns, in batches of at most {@code Column.MAX_ROWS}. */
    List<? extends Batch> rows(String tableName);
}
