package io.millrace.server.avatica;

import io.millrace.error.ErrorCode;
import io.millrace.error.MillraceException;
import io.millrace.executor.log.ProducerSequence;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The name that a client gives a request that may be sent again: {@code uuid:number}. */
record RequestNumber(UUID producer, long number) {
    static final String HEADER = "X-Millrace-Request";

    private static final long MAX_NUMBER = Long.MAX_VALUE / ProducerSequence.MAX_STEPS;

    static RequestNumber parse(String text) {
        int colon = text.indexOf(':');
        try {
            long number = Long.parseLong(text.substring(colon + 1));
            if (colon > 0 && number >= 0 && number < MAX_NUMBER) {
                return new RequestNumber(UUID.fromString(text.substring(0, colon)), number);
            }
        } catch (IllegalArgumentException malformed) {
            throw malformed(malformed);
        }
        throw malformed(null);
    }

    private static MillraceException malformed(@Nullable Throwable cause) {
        return new MillraceException(
                ErrorCode.PROTOCOL_VIOLATION, HEADER + " must be a UUID, a colon and a number", cause);
    }
}
