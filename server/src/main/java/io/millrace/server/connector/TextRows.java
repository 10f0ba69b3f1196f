package io.millrace.server.connector;

import io.millrace.executor.column.Column;
import io.millrace.executor.column.ColumnBuilder;
import io.millrace.plan.DataType;
import java.util.ArrayList;
import java.util.List;

/**
 * Rows as they came: the text of each field, in columns, and for each row the record it was in. A record that gave several
 * rows is kept once.
 */
final class TextRows {
    private final List<ColumnBuilder> fields = new ArrayList<>();
    private final ColumnBuilder records = ColumnBuilder.of(DataType.varchar());
    private final boolean keepsRecords;
    private long[] lines = new long[Column.MAX_ROWS];
    private int[] recordOfRow = new int[Column.MAX_ROWS];
    private int rows;
    private long bytes;

    /** @param keepsRecords false when no row can fail to convert, so that its record is never asked for */
    TextRows(int columns, boolean keepsRecords) {
        this.keepsRecords = keepsRecords;
        for (int i = 0; i < columns; i++) {
            fields.add(ColumnBuilder.of(DataType.varchar()));
        }
    }

    int rowCount() {
        return rows;
    }

    /** Bytes of text held. */
    long bytes() {
        return bytes;
    }

    ColumnBuilder field(int column) {
        return fields.get(column);
    }

    /** Forgets what has been added to fields since the last {@link #endRecord}. */
    void rollBack() {
        fields.forEach(field -> field.truncate(rows));
    }

    /** Ends a record, all of whose rows are complete. */
    void endRecord(long line, byte[] record, int from, int to) {
        int end = fields.get(0).size();
        bytes += to - from;
        if (end == rows) {
            return;
        }
        if (keepsRecords) {
            records.appendBytes(record, from, to - from);
            ensure(end);
            for (int row = rows; row < end; row++) {
                lines[row] = line;
                recordOfRow[row] = records.size() - 1;
            }
        }
        rows = end;
    }

    long line(int row) {
        return lines[row];
    }

    /** For each row, the number of its record in {@link #takeRecords}. */
    int recordOf(int row) {
        return recordOfRow[row];
    }

    Column takeRecords() {
        return records.build();
    }

    /** The fields; this is empty afterwards, but for {@link #line}, {@link #recordOf} and {@link #takeRecords}. */
    List<Column> takeFields() {
        List<Column> columns = fields.stream().map(ColumnBuilder::build).toList();
        rows = 0;
        bytes = 0;
        return columns;
    }

    private void ensure(int size) {
        if (size > lines.length) {
            lines = java.util.Arrays.copyOf(lines, Math.max(size, 2 * lines.length));
            recordOfRow = java.util.Arrays.copyOf(recordOfRow, lines.length);
        }
    }
}
