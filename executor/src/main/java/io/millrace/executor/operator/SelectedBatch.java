package io.millrace.executor.operator;

import io.millrace.executor.column.Batch;
import io.millrace.executor.column.Column;
import io.millrace.executor.column.Selection;
import org.jspecify.annotations.Nullable;

/** Some rows of another batch. */
record SelectedBatch(Batch input, Selection selection) implements Batch {
    @Override
    public int rowCount() {
        return input.rowCount();
    }

    @Override
    public Column column(int index) {
        return input.column(index);
    }

    @Override
    public long @Nullable [] weights() {
        return input.weights();
    }
}
