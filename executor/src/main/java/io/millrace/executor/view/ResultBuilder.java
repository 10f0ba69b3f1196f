package io.millrace.executor.view;

import io.millrace.executor.column.Batch;
import io.millrace.plan.OutputColumn;
import java.util.List;

/** Puts rows together to one batch, of any number of them. For one thread at a time. */
public final class ResultBuilder {
    private final RowGatherer rows;

    public ResultBuilder(List<OutputColumn> columns) {
        rows = new RowGatherer(columns);
    }

    /** Copies the selected rows. */
    public void append(Batch batch) {
        rows.append(batch, 0, batch.selectedCount());
    }

    /** The memory that the rows take. */
    public long bytes() {
        return rows.bytes();
    }

    public ResultBatch build() {
        return rows.build();
    }
}
