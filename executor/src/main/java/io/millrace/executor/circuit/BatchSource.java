package io.millrace.executor.circuit;

import io.millrace.executor.column.Batch;
import org.jspecify.annotations.Nullable;

/** The rows of a bounded input that is not a stream, pinned when the query began. For one thread at a time. */
public interface BatchSource extends AutoCloseable {
    /** The next batch, valid until the next call; null at the end. */
    @Nullable
    Batch next();

    @Override
    void close();
}
