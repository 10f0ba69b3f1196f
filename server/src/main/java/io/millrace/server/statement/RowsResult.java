package io.millrace.server.statement;

import io.millrace.executor.column.Column;
import io.millrace.executor.column.ColumnBuilder;
import io.millrace.executor.view.ResultBatch;
import io.millrace.executor.view.StaticResult;
import io.millrace.plan.DataType;
import io.millrace.plan.OutputColumn;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A small result that is made at once, row by row: what SHOW, DESCRIBE and EXPLAIN answer. */
final class RowsResult {
    static final DataType TEXT = DataType.varchar();
    static final DataType NUMBER = DataType.of(DataType.Kind.BIGINT);
    static final DataType TIME = DataType.timestamp(3);

    private final List<OutputColumn> columns;
    private final List<ColumnBuilder> builders = new ArrayList<>();

    RowsResult(List<OutputColumn> columns) {
        this.columns = columns;
        columns.forEach(column -> builders.add(ColumnBuilder.of(column.type())));
    }

    /** Canonical values, one per column. */
    void add(@Nullable Object... values) {
        for (int i = 0; i < values.length; i++) {
            builders.get(i).appendValue(values[i]);
        }
    }

    StatementResult build() {
        int rows = builders.get(0).size();
        List<Column> built = builders.stream().map(ColumnBuilder::build).toList();
        return new StatementResult.Rows(new StaticResult(columns, new ResultBatch(rows, built)));
    }
}
