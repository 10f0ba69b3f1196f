package io.millrace.server.connector;

import io.millrace.executor.column.Column;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Appends rows as they come; what cannot be converted goes to the dead letters. */
final class PlainOutput implements RowOutput {
    private final @Nullable SlicedConverter converter;
    private final SourceWriter writer;
    private final DeadLetters deadLetters;

    /** @param converter null when the text of the fields is what the stream keeps */
    PlainOutput(@Nullable SlicedConverter converter, SourceWriter writer, DeadLetters deadLetters) {
        this.converter = converter;
        this.writer = writer;
        this.deadLetters = deadLetters;
    }

    @Override
    public void reject(TextRows rows, long line, String reason, byte[] bytes, int from, int to)
            throws InterruptedException {
        deadLetters.add(line, reason, bytes, from, to);
    }

    @Override
    public void send(TextRows rows, long last) throws InterruptedException {
        int count = rows.rowCount();
        if (count > 0) {
            List<Column> texts = rows.takeFields();
            if (converter == null) {
                writer.append(texts, count, null);
            } else {
                converter.convert(
                        rows, texts, count, deadLetters, (columns, size) -> writer.append(columns, size, null));
            }
        }
        deadLetters.send();
    }

    @Override
    public void flush() throws InterruptedException {
        writer.flush();
        deadLetters.flush();
    }
}
