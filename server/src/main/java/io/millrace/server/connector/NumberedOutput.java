package io.millrace.server.connector;

import io.millrace.executor.column.Column;
import io.millrace.executor.column.ColumnBuilder;
import io.millrace.executor.log.ProducerSequence;
import io.millrace.plan.DataType;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Appends what the records of a producer gave under the number of the last of them: all of it or nothing, and a number also
 * when no row came of it. Dead letters are on disk first, so that a record whose number is has left nothing behind.
 */
final class NumberedOutput implements RowOutput {
    private final List<ColumnBuilder> converted;
    private final @Nullable SlicedConverter converter;
    private final SourceWriter writer;
    private final DeadLetters deadLetters;
    private final UUID producer;
    private final int epoch;

    private long sent;

    /**
     * @param converter null when the text of the fields is what the stream keeps
     * @param known the number of the last record that is on disk
     */
    NumberedOutput(
            List<DataType> types,
            @Nullable SlicedConverter converter,
            SourceWriter writer,
            DeadLetters deadLetters,
            UUID producer,
            int epoch,
            long known) {
        this.converted = types.stream().map(ColumnBuilder::of).toList();
        this.converter = converter;
        this.writer = writer;
        this.deadLetters = deadLetters;
        this.producer = producer;
        this.epoch = epoch;
        this.sent = known;
    }

    /** The dead letters of the records before it come first: they are numbered in their order. */
    @Override
    public void reject(TextRows rows, long line, String reason, byte[] bytes, int from, int to)
            throws InterruptedException {
        convert(rows);
        deadLetters.add(line, reason, bytes, from, to);
    }

    @Override
    public void send(TextRows rows, long last) throws InterruptedException {
        if (last <= sent) {
            return;
        }
        convert(rows);
        deadLetters.flush();
        List<Column> columns = converted.stream().map(ColumnBuilder::build).toList();
        int count = columns.get(0).size();
        writer.append(columns, count, ProducerSequence.numbered(producer, epoch, sent, last, 0));
        sent = last;
    }

    private void convert(TextRows rows) throws InterruptedException {
        int count = rows.rowCount();
        if (count == 0) {
            return;
        }
        List<Column> texts = rows.takeFields();
        if (converter == null) {
            append(texts);
        } else {
            converter.convert(rows, texts, count, deadLetters, (columns, size) -> append(columns));
        }
    }

    private void append(List<Column> columns) {
        for (int i = 0; i < columns.size(); i++) {
            converted.get(i).appendAll(columns.get(i), null);
        }
    }

    @Override
    public void flush() throws InterruptedException {
        writer.flush();
    }
}
