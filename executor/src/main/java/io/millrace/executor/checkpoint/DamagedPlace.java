package io.millrace.executor.checkpoint;

import io.millrace.error.ErrorCode;
import io.millrace.error.MillraceException;
import java.io.IOException;
import java.nio.file.Path;

/** The cause of an error that tells of damage: where in the file it is. */
final class DamagedPlace extends IOException {
    private static final long serialVersionUID = 1L;

    private final long offset;

    private DamagedPlace(long offset, String what) {
        super(what);
        this.offset = offset;
    }

    /** A checkpoint is not as it was written. */
    static MillraceException error(Path path, long offset, String what) {
        return new MillraceException(
                ErrorCode.DATA_CORRUPTED,
                "checkpoint \"" + path + "\" " + what + ", at offset " + offset,
                new DamagedPlace(offset, what));
    }

    long offset() {
        return offset;
    }
}
