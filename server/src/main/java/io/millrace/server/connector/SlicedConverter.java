package io.millrace.server.connector;

import io.millrace.executor.column.Column;
import io.millrace.executor.column.Columns;
import io.millrace.executor.column.Selection;
import io.millrace.executor.column.StringColumn;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Converts any number of rows, and sets those aside that cannot be converted. */
final class SlicedConverter {
    private final RowConverter converter;

    SlicedConverter(RowConverter converter) {
        this.converter = converter;
    }

    /** Takes converted rows; there may be none. */
    interface Converted {
        void take(List<Column> columns, int rowCount) throws InterruptedException;
    }

    private record RejectedRow(int row, String reason) {}

    /** @param texts the fields that were taken from {@code rows} */
    void convert(TextRows rows, List<Column> texts, int count, DeadLetters deadLetters, Converted converted)
            throws InterruptedException {
        StringColumn records = (StringColumn) rows.takeRecords();
        for (int from = 0; from < count; from += Column.MAX_ROWS) {
            int size = Math.min(Column.MAX_ROWS, count - from);
            List<Column> slice = slice(texts, from, size);
            List<RejectedRow> rejected = new ArrayList<>();
            List<Column> columns =
                    converter.convert(slice, size, (row, reason) -> rejected.add(new RejectedRow(row, reason)));
            converted.take(columns, size - rejected.size());
            for (RejectedRow row : rejected) {
                int record = rows.recordOf(from + row.row());
                deadLetters.add(
                        rows.line(from + row.row()),
                        row.reason(),
                        records.bytes(),
                        records.start(record),
                        records.end(record));
            }
        }
    }

    private static List<Column> slice(List<Column> columns, int from, int size) {
        Selection rows = new Selection(size);
        Arrays.setAll(rows.rows(), i -> from + i);
        rows.count(size);
        return columns.stream().map(column -> Columns.gather(column, rows)).toList();
    }
}
