package io.millrace.server.connector;

import com.google.common.base.Utf8;
import io.millrace.executor.column.Column;
import io.millrace.executor.column.Columns;
import io.millrace.executor.column.Selection;
import io.millrace.executor.column.StringColumn;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Takes one connection from bytes to rows in the log: frame, decode, convert, append. For one thread. */
final class SourceReader {
    private static final int MAX_PENDING_BYTES = 1 << 20;

    private final RecordFramer framer;
    private final RowFormat format;
    private final @Nullable RowConverter converter;
    private final TextRows rows;
    private final SourceWriter writer;
    private final DeadLetters deadLetters;

    /** @param converter null when the text of the fields is what the stream keeps */
    SourceReader(
            RecordFramer framer,
            RowFormat format,
            int columns,
            @Nullable RowConverter converter,
            SourceWriter writer,
            DeadLetters deadLetters) {
        this.framer = framer;
        this.format = format;
        this.converter = converter;
        this.rows = new TextRows(columns, converter != null);
        this.writer = writer;
        this.deadLetters = deadLetters;
    }

    /** Reads until the input ends; what has been read is on its way to the log whenever more must be waited for. */
    void run() throws IOException, InterruptedException {
        try {
            while (framer.read()) {
                readRecords();
                send();
            }
        } finally {
            send();
            writer.flush();
            deadLetters.flush();
        }
    }

    private void readRecords() throws InterruptedException {
        while (framer.next()) {
            readRecord();
            if (rows.rowCount() >= Column.MAX_ROWS || rows.bytes() >= MAX_PENDING_BYTES) {
                send();
            }
        }
    }

    private void readRecord() throws InterruptedException {
        byte[] bytes = framer.buffer();
        int from = framer.from();
        int to = framer.to();
        String reason = framer.excess();
        if (reason == null && !Utf8.isWellFormed(bytes, from, to - from)) {
            reason = "the line is not well-formed UTF-8";
        }
        if (reason == null) {
            try {
                format.decode(bytes, from, to, rows);
                rows.endRecord(framer.line(), bytes, from, to);
                return;
            } catch (RowFormatException notARow) {
                rows.rollBack();
                reason = String.valueOf(notARow.getMessage());
            }
        }
        deadLetters.add(framer.line(), reason, bytes, from, to);
    }

    private void send() throws InterruptedException {
        int count = rows.rowCount();
        if (count > 0) {
            List<Column> texts = rows.takeFields();
            if (converter == null) {
                writer.append(texts, count);
            } else {
                convert(converter, texts, count);
            }
        }
        deadLetters.send();
    }

    private void convert(RowConverter with, List<Column> texts, int count) throws InterruptedException {
        StringColumn records = (StringColumn) rows.takeRecords();
        for (int from = 0; from < count; from += Column.MAX_ROWS) {
            int first = from;
            int size = Math.min(Column.MAX_ROWS, count - from);
            List<Column> slice = slice(texts, first, size);
            RejectedRows rejected = new RejectedRows();
            List<Column> columns = with.convert(slice, size, rejected::add);
            writer.append(columns, size - rejected.size());
            for (RejectedRow row : rejected.rows()) {
                int record = rows.recordOf(first + row.row());
                deadLetters.add(
                        rows.line(first + row.row()),
                        row.reason(),
                        records.bytes(),
                        records.start(record),
                        records.end(record));
            }
        }
    }

    private static List<Column> slice(List<Column> columns, int from, int size) {
        Selection rows = new Selection(size);
        java.util.Arrays.setAll(rows.rows(), i -> from + i);
        rows.count(size);
        return columns.stream().map(column -> Columns.gather(column, rows)).toList();
    }

    private record RejectedRow(int row, String reason) {}

    private static final class RejectedRows {
        private final java.util.ArrayList<RejectedRow> rows = new java.util.ArrayList<>();

        void add(int row, String reason) {
            rows.add(new RejectedRow(row, reason));
        }

        int size() {
            return rows.size();
        }

        List<RejectedRow> rows() {
            return rows;
        }
    }
}
