package io.millrace.executor.view;

import io.millrace.executor.column.Batch;
import io.millrace.executor.column.Column;
import io.millrace.executor.column.ColumnBatch;
import io.millrace.executor.column.ColumnBuilder;
import io.millrace.executor.column.Selection;
import io.millrace.plan.OutputColumn;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Copies selected rows of batches into dense columns. */
final class RowGatherer {
    private final List<ColumnBuilder> builders = new ArrayList<>();
    private final Selection part = new Selection();

    private int size;

    RowGatherer(List<OutputColumn> columns) {
        columns.forEach(column -> builders.add(ColumnBuilder.of(column.type())));
    }

    int size() {
        return size;
    }

    long bytes() {
        long bytes = 0;
        for (ColumnBuilder builder : builders) {
            bytes += builder.sizeBytes();
        }
        return bytes;
    }

    /** Appends {@code count} of the selected rows of a batch, leaving out the first {@code skip}. */
    void append(Batch batch, int skip, int count) {
        Selection selection = batch.selection();
        if (skip != 0 || count != batch.selectedCount()) {
            selection = range(selection, skip, count);
        }
        for (int column = 0; column < builders.size(); column++) {
            builders.get(column).appendAll(batch.column(column), selection);
        }
        size += count;
    }

    void append(ResultBatch batch, int skip, int count) {
        append(new ColumnBatch(batch.rowCount(), batch.columns()), skip, count);
    }

    ResultBatch build() {
        List<Column> columns = new ArrayList<>(builders.size());
        builders.forEach(builder -> columns.add(builder.build()));
        ResultBatch batch = new ResultBatch(size, columns);
        size = 0;
        return batch;
    }

    private Selection range(@Nullable Selection selection, int skip, int count) {
        for (int i = 0; i < count; i++) {
            part.rows()[i] = selection == null ? skip + i : selection.rows()[skip + i];
        }
        part.count(count);
        return part;
    }
}
