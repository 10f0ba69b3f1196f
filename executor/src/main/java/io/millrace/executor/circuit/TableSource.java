package io.millrace.executor.circuit;

import io.millrace.executor.column.Batch;
import io.millrace.executor.table.TableRows;
import io.millrace.executor.table.TableVersion;
import io.millrace.plan.TableScan;
import org.jspecify.annotations.Nullable;

/** The rows of a table at a version. */
final class TableSource implements BatchSource {
    private @Nullable TableRows rows;

    TableSource(TableScan scan, TableVersion version) {
        rows = version.scan(scan.columns());
    }

    @Override
    public @Nullable Batch next() {
        return rows == null ? null : rows.next();
    }

    @Override
    public void close() {
        rows = null;
    }
}
