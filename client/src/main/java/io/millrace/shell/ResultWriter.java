package io.millrace.shell;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Writes the rows of one result. Calls come one at a time: rows, with flushes between them, then {@code end}. An array is
 * only read during the call.
 */
interface ResultWriter {
    void row(@Nullable String[] values) throws IOException;

    /** Shows what was written so far. */
    void flush() throws IOException;

    /** No more rows come. */
    void end() throws IOException;

    /** Whether values were cut to make them fit. */
    default boolean hasCut() {
        return false;
    }
}
