package io.millrace.server.connector;

import io.millrace.executor.column.Batch;
import java.io.IOException;

/** Writes rows to one file. For one thread. */
interface RowEncoder {
    /** Writes the selected rows of a batch. */
    void write(Batch rows) throws IOException;

    /** Hands over all that has been written. */
    void flush() throws IOException;
}
