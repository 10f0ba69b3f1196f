package io.millrace.executor.operator;

import io.millrace.executor.column.Batch;
import io.millrace.executor.column.Column;
import io.millrace.executor.column.ColumnBatch;
import io.millrace.executor.column.ColumnBuilder;
import io.millrace.executor.column.Selection;
import io.millrace.plan.DataType;
import io.millrace.plan.Field;
import io.millrace.plan.RowType;
import io.millrace.plan.StreamScan;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Batches, row types and inputs for tests. */
final class Rows {
    private Rows() {}

    static List<Object> row(Object... values) {
        return Arrays.asList(values);
    }

    static RowType rowType(DataType... types) {
        List<Field> fields = new ArrayList<>();
        for (DataType type : types) {
            fields.add(new Field("c" + fields.size(), type));
        }
        return new RowType(fields);
    }

    static StreamScan scan(RowType rowType) {
        return new StreamScan(1, "s", List.of(), rowType);
    }

    static Batch batch(RowType rowType, List<List<Object>> rows) {
        return new ColumnBatch(rows.size(), columns(rowType, rows));
    }

    @SafeVarargs
    static Batch batch(RowType rowType, List<Object>... rows) {
        return batch(rowType, List.of(rows));
    }

    /** The same rows, with unselected copies of the first row before each. */
    static Batch selectedBatch(RowType rowType, List<List<Object>> rows) {
        List<List<Object>> padded = new ArrayList<>();
        Selection selection = new Selection();
        for (List<Object> row : rows) {
            padded.add(rows.get(0));
            selection.rows()[selection.count()] = padded.size();
            selection.count(selection.count() + 1);
            padded.add(row);
        }
        return new ColumnBatch(padded.size(), columns(rowType, padded), selection);
    }

    private static List<Column> columns(RowType rowType, List<List<Object>> rows) {
        List<Column> columns = new ArrayList<>();
        for (int i = 0; i < rowType.size(); i++) {
            ColumnBuilder builder = ColumnBuilder.of(rowType.type(i));
            for (List<Object> row : rows) {
                builder.appendValue(row.get(i));
            }
            columns.add(builder.build());
        }
        return columns;
    }
}
