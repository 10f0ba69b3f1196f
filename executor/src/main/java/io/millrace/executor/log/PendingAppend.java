package io.millrace.executor.log;

import io.millrace.executor.column.Column;
import io.millrace.executor.time.Watermarks;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** An append that waits, or is being written. */
final class PendingAppend {
    final List<Column> columns;
    final int rowCount;
    final @Nullable ProducerSequence producer;
    /** Of an append that several producers make together; else empty. */
    final List<AppendPart> parts;

    final long bytes;
    /** Of an append without rows; else NONE. */
    final long watermark;

    final CompletableFuture<AppendResult> future = new CompletableFuture<>();
    long firstRow;

    @Nullable
    AppendResult result;

    private PendingAppend(
            List<Column> columns,
            int rowCount,
            @Nullable ProducerSequence producer,
            List<AppendPart> parts,
            long bytes,
            long watermark) {
        this.columns = columns;
        this.rowCount = rowCount;
        this.producer = producer;
        this.parts = parts;
        this.bytes = bytes;
        this.watermark = watermark;
    }

    /** Whether there is something to be written. */
    boolean isEmpty() {
        return rowCount == 0 && (producer == null || !producer.isNumbered()) && parts.isEmpty() && !isWatermark();
    }

    /** Whether it only moves the watermark. */
    boolean isWatermark() {
        return watermark != Watermarks.NONE;
    }

    static PendingAppend rows(List<Column> columns, int rowCount, @Nullable ProducerSequence producer, long bytes) {
        return new PendingAppend(columns, rowCount, producer, List.of(), bytes, Watermarks.NONE);
    }

    static PendingAppend parts(List<Column> columns, int rowCount, List<AppendPart> parts, long bytes) {
        return new PendingAppend(columns, rowCount, null, parts, bytes, Watermarks.NONE);
    }

    static PendingAppend watermark(long watermark) {
        return new PendingAppend(List.of(), 0, null, List.of(), 0, watermark);
    }
}
