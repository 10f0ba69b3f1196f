package io.millrace.executor.aggregate;

import io.millrace.executor.column.Batch;
import io.millrace.executor.column.Column;
import io.millrace.executor.column.ColumnBuilder;
import io.millrace.executor.column.Selection;
import io.millrace.plan.DataType;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A batch of rows with weights, for tests. */
record WeightedRows(List<Column> columns, long @Nullable [] weights) implements Batch {
    static WeightedRows of(List<DataType> types, List<Change> changes) {
        List<Column> columns = new ArrayList<>();
        for (int i = 0; i < types.size(); i++) {
            ColumnBuilder builder = ColumnBuilder.of(types.get(i));
            for (Change change : changes) {
                builder.appendValue(change.row().get(i));
            }
            columns.add(builder.build());
        }
        boolean isAppend = changes.stream().allMatch(change -> change.weight() == 1);
        return new WeightedRows(
                columns,
                isAppend ? null : changes.stream().mapToLong(Change::weight).toArray());
    }

    /** A row that comes or goes so often. */
    record Change(int group, List<Object> row, long weight) {}

    @Override
    public int rowCount() {
        return columns.get(0).size();
    }

    @Override
    public Column column(int index) {
        return columns.get(index);
    }

    @Override
    public @Nullable Selection selection() {
        return null;
    }
}
