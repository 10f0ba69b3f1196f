package io.millrace.server.avatica;

import io.millrace.error.ErrorCode;
import io.millrace.error.MillraceException;
import io.millrace.executor.log.ProducerSequence;
import org.jspecify.annotations.Nullable;

/**
 * The number that a producer gives to what a request writes: {@code previous:number}.
 *
 * @param previous what the producer wrote last to the same stream or table; 0: nothing
 */
record AppendNumber(long previous, long number) {
    static final String HEADER = "X-Millrace-Append";

    /** Null when the request gives none. */
    static @Nullable AppendNumber parse(@Nullable String text) {
        if (text == null) {
            return null;
        }
        int colon = text.indexOf(':');
        try {
            long previous = Long.parseLong(text.substring(0, Math.max(0, colon)));
            long number = Long.parseLong(text.substring(colon + 1));
            if (previous >= 0 && number > previous && number <= ProducerSequence.MAX_NUMBER) {
                return new AppendNumber(previous, number);
            }
        } catch (NumberFormatException malformed) {
            throw malformed(malformed);
        }
        throw malformed(null);
    }

    private static MillraceException malformed(@Nullable Throwable cause) {
        return new MillraceException(
                ErrorCode.PROTOCOL_VIOLATION, HEADER + " must be a number, a colon and a greater number", cause);
    }
}
