package io.millrace.executor.circuit;

import io.millrace.executor.column.Batch;
import io.millrace.plan.SystemScan;
import java.util.Iterator;
import org.jspecify.annotations.Nullable;

/** The rows of a system table, made when the source is opened. */
final class SystemSource implements BatchSource {
    private final ScanBatch scan;
    private final Iterator<? extends Batch> batches;

    SystemSource(SystemScan node, SystemTables tables) {
        scan = new ScanBatch(node.columns());
        batches = tables.rows(node.tableName()).iterator();
    }

    @Override
    public @Nullable Batch next() {
        return batches.hasNext() ? scan.whole(batches.next()) : null;
    }

    @Override
    public void close() {
        scan.clear();
    }
}
