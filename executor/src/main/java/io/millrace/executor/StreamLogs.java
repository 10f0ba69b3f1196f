package io.millrace.executor;

import io.millrace.catalog.StreamDefinition;
import io.millrace.executor.log.BlockWatermark;
import io.millrace.executor.log.Log;
import org.jspecify.annotations.Nullable;

/** Where the logs of streams are. */
interface StreamLogs {
    /** Opens the log of a stream, creating it when there is none. */
    Log open(StreamDefinition definition, @Nullable BlockWatermark watermark);

    /** Deletes the log of a stream, which is closed. */
    void delete(long streamId);
}
