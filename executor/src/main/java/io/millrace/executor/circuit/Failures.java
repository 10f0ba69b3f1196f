package io.millrace.executor.circuit;

import io.millrace.error.ErrorCode;
import io.millrace.error.MillraceException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells what ends a query as its reader is told it. */
public final class Failures {
    private static final Logger LOGGER = LoggerFactory.getLogger(Failures.class);

    private Failures() {}

    public static MillraceException of(Throwable cause) {
        if (cause instanceof MillraceException known) {
            return known;
        }
        if (cause instanceof OutOfMemoryError) {
            LOGGER.error("a query was ended because memory ran out", cause);
            return new MillraceException(ErrorCode.OUT_OF_MEMORY, "out of memory", cause)
                    .withHint("Narrow the query, or give the server a larger heap.");
        }
        LOGGER.error("a query was ended by a defect", cause);
        return new MillraceException(ErrorCode.INTERNAL_ERROR, "internal error: " + cause, cause);
    }
}
