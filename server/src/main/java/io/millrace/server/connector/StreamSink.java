package io.millrace.server.connector;

import io.millrace.executor.column.Column;
import io.millrace.executor.log.AppendResult;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Takes the rows of one stream to the log. */
interface StreamSink {
    /** As {@link io.millrace.executor.log.Log#append}. */
    CompletableFuture<AppendResult> append(List<Column> columns, int rowCount);
}
