package io.millrace.server.connector;

import io.millrace.executor.column.Column;
import io.millrace.executor.column.ColumnBuilder;
import io.millrace.executor.log.ProducerSequence;
import io.millrace.plan.DataType;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/** The records of one connection that are not rows, on their way to the dead-letter stream. For one thread. */
final class DeadLetters {
    private final String source;
    private final SourceWriter writer;
    private final LongAdder counter;
    private final @Nullable DeadLetterNumbers numbers;
    private final ColumnBuilder sources = ColumnBuilder.of(DataType.varchar());
    private final ColumnBuilder lines = ColumnBuilder.of(DataType.of(DataType.Kind.BIGINT));
    private final ColumnBuilder reasons = ColumnBuilder.of(DataType.varchar());
    private final ColumnBuilder records = ColumnBuilder.of(DataType.varchar());

    /** @param numbers null for a connection whose records have none */
    DeadLetters(String source, SourceWriter writer, LongAdder counter, @Nullable DeadLetterNumbers numbers) {
        this.source = source;
        this.writer = writer;
        this.counter = counter;
        this.numbers = numbers;
    }

    /** Bytes that are not UTF-8 are kept as the replacement character. */
    void add(long line, String reason, byte[] bytes, int from, int to) throws InterruptedException {
        if (numbers != null && !numbers.isNew(line)) {
            return;
        }
        sources.appendValue(source);
        lines.appendLong(line);
        reasons.appendValue(reason);
        records.appendValue(new String(bytes, from, to - from, StandardCharsets.UTF_8));
        counter.increment();
        if (lines.size() == Column.MAX_ROWS || records.sizeBytes() > RecordFramer.MAX_RECORD) {
            send();
        }
    }

    void send() throws InterruptedException {
        int rows = lines.size();
        if (rows > 0) {
            ProducerSequence last = numbers == null ? null : numbers.last();
            writer.append(List.of(sources.build(), lines.build(), reasons.build(), records.build()), rows, last);
            if (last != null) {
                writer.flush(); // one that failed could not be made after the next
            }
        }
    }

    void flush() throws InterruptedException {
        send();
        writer.flush();
    }
}
