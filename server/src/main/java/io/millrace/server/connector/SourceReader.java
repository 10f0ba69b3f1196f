package io.millrace.server.connector;

import com.google.common.base.Utf8;
import io.millrace.error.ErrorCode;
import io.millrace.error.MillraceException;
import io.millrace.executor.column.Column;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Takes one connection from bytes to rows in the log: frame, decode, convert, append. For one thread. */
final class SourceReader {
    private static final int MAX_PENDING_BYTES = 1 << 20;

    private final RecordFramer framer;
    private final RowFormat format;
    private final TextRows rows;
    private final RowOutput output;
    private final @Nullable RecordNumbers numbers;
    private long number;

    /** @param numbers null for a connection whose records have none */
    SourceReader(
            RecordFramer framer, RowFormat format, TextRows rows, RowOutput output, @Nullable RecordNumbers numbers) {
        this.framer = framer;
        this.format = format;
        this.rows = rows;
        this.output = output;
        this.numbers = numbers;
        this.number = numbers == null ? 0 : numbers.first() - 1;
    }

    /** Reads until the input ends; what has been read is on its way to the log whenever more must be waited for. */
    void run() throws IOException, InterruptedException {
        try {
            while (read()) {
                readRecords();
                output.send(rows, number);
            }
        } catch (IOException broken) { // what has come is kept
            finish();
            throw broken;
        }
        finish();
    }

    private void finish() throws InterruptedException {
        output.send(rows, number);
        output.flush();
    }

    private boolean read() throws IOException, InterruptedException {
        if (numbers != null && framer.mustWait()) {
            output.flush(); // the client may be waiting for the acknowledgement
        }
        return framer.read();
    }

    private void readRecords() throws InterruptedException {
        while (framer.next()) {
            if (numbers == null) {
                readRecord(framer.line());
            } else {
                readNumbered(numbers);
            }
            if (rows.rowCount() >= Column.MAX_ROWS || rows.bytes() >= MAX_PENDING_BYTES) {
                output.send(rows, number);
            }
        }
    }

    private void readNumbered(RecordNumbers given) throws InterruptedException {
        if (format.takesHeader()) {
            readHeader();
            return;
        }
        long next = number + 1;
        if (next > given.known()) {
            readRecord(next);
        }
        number = next;
    }

    /** Without it nothing of the connection can be read. */
    private void readHeader() {
        try {
            format.decode(framer.buffer(), framer.from(), framer.to(), rows);
        } catch (RowFormatException malformed) {
            throw new MillraceException(ErrorCode.INVALID_VALUE, String.valueOf(malformed.getMessage()), malformed);
        }
    }

    private void readRecord(long line) throws InterruptedException {
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
                rows.endRecord(line, bytes, from, to);
                return;
            } catch (RowFormatException notARow) {
                rows.rollBack();
                reason = String.valueOf(notARow.getMessage());
            }
        }
        output.reject(rows, line, reason, bytes, from, to);
    }
}
