package io.millrace.executor.log;

import io.millrace.error.ErrorCode;
import io.millrace.error.MillraceException;
import org.jspecify.annotations.Nullable;

/** How damage is reported. */
final class Damage {
    private Damage() {}

    static MillraceException of(String stream, String problem, String place, long position, @Nullable Throwable cause) {
        return new MillraceException(
                ErrorCode.DATA_CORRUPTED,
                "the log of stream \"" + stream + "\" is damaged: " + problem + ", in " + place + " at or after byte "
                        + position,
                "What lies before can be read; restore the file from a copy, or drop the stream.",
                null,
                cause);
    }
}
