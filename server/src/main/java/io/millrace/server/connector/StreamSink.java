package io.millrace.server.connector;

import io.millrace.executor.column.Column;
import io.millrace.executor.log.AppendResult;
import io.millrace.executor.log.ProducerSequence;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Takes the rows of one stream to the log. */
interface StreamSink {
    /** As {@link io.millrace.executor.log.Log#append}. */
    CompletableFuture<AppendResult> append(List<Column> columns, int rowCount, @Nullable ProducerSequence producer);
}
