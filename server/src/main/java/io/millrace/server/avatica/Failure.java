package io.millrace.server.avatica;

import io.millrace.error.ErrorCode;
import io.millrace.error.ErrorKind;
import io.millrace.error.MillraceException;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a client is told about a failure: never a stack trace or a class name.
 *
 * @param vendorCode {@link #UNKNOWN_CONNECTION}, by which Avatica's clients open the connection again, {@link #ABANDONED}, or 0
 */
record Failure(String sqlState, int vendorCode, String message) {
    static final int UNKNOWN_CONNECTION = 1;
    /** Of a result that its reader can have anew. */
    static final int ABANDONED = 57;

    private static final Logger LOG = LoggerFactory.getLogger(Failure.class);
    private static final AtomicLong COUNT = new AtomicLong();

    static Failure of(Throwable cause) {
        if (cause instanceof MillraceException known) {
            if (known.code().kind() == ErrorKind.INTERNAL) {
                long number = COUNT.incrementAndGet();
                LOG.error("internal error {}", number, known);
                return new Failure(
                        known.sqlState(), 0, known.getMessage() + " (error " + number + " in the server's log)");
            }
            return new Failure(known.sqlState(), vendorCode(known.code()), String.valueOf(known.getMessage()));
        }
        if (cause instanceof StackOverflowError) {
            return new Failure(ErrorCode.PROGRAM_TOO_COMPLEX.sqlState(), 0, "the statement is nested too deeply");
        }
        if (cause instanceof OutOfMemoryError) {
            LOG.error("out of memory", cause);
            return new Failure(ErrorCode.OUT_OF_MEMORY.sqlState(), 0, "out of memory");
        }
        long number = COUNT.incrementAndGet();
        LOG.error("internal error {}", number, cause);
        return new Failure(
                ErrorCode.INTERNAL_ERROR.sqlState(), 0, "internal error " + number + ". The server's log tells more.");
    }

    private static int vendorCode(ErrorCode code) {
        return switch (code) {
            case UNKNOWN_CONNECTION -> UNKNOWN_CONNECTION;
            case ABANDONED -> ABANDONED;
            default -> 0;
        };
    }
}
