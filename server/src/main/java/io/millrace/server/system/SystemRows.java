package io.millrace.server.system;

import io.millrace.catalog.SystemTable;
import io.millrace.executor.column.Batch;
import io.millrace.executor.column.Column;
import io.millrace.executor.column.ColumnBatch;
import io.millrace.executor.column.ColumnBuilder;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Gathers the rows of a system table into batches. */
final class SystemRows {
    private final List<ColumnBuilder> builders = new ArrayList<>();
    private final List<Batch> batches = new ArrayList<>();
    private int rows;

    SystemRows(SystemTable table) {
        table.columnTypes().forEach(type -> builders.add(ColumnBuilder.of(type)));
    }

    /** Canonical values, one per column. */
    void add(@Nullable Object... values) {
        if (values.length != builders.size()) {
            throw new IllegalArgumentException(values.length + " values for " + builders.size() + " columns");
        }
        for (int i = 0; i < values.length; i++) {
            builders.get(i).appendValue(values[i]);
        }
        rows++;
        if (rows == Column.MAX_ROWS) {
            endBatch();
        }
    }

    List<Batch> batches() {
        if (rows > 0) {
            endBatch();
        }
        return batches;
    }

    private void endBatch() {
        List<Column> columns = builders.stream().map(ColumnBuilder::build).toList();
        batches.add(new ColumnBatch(rows, columns));
        rows = 0;
    }
}
