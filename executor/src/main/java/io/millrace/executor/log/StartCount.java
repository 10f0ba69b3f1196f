package io.millrace.executor.log;

import io.millrace.error.ErrorCode;
import io.millrace.error.MillraceException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** How often a data directory has been opened: by it, numbers given since the last start are above all those before. */
public final class StartCount {
    private static final String FILE_NAME = "starts";

    private StartCount() {}

    /** Counts one more start of a directory that this process has locked; on disk when it returns. */
    public static long next(Path directory) {
        Path file = directory.resolve(FILE_NAME);
        try {
            String known = Files.exists(file)
                    ? Files.readString(file, StandardCharsets.US_ASCII).strip()
                    : "0";
            if (!known.matches("\\d{1,18}")) {
                throw new MillraceException(
                                ErrorCode.DATA_CORRUPTED, "\"" + file + "\" is damaged: it does not hold a number")
                        .withHint("Write into it a number above how often the server may have been started.");
            }
            long next = Long.parseLong(known) + 1;
            Durable.replace(directory, FILE_NAME, (next + "\n").getBytes(StandardCharsets.US_ASCII));
            return next;
        } catch (IOException e) {
            throw new MillraceException(
                    ErrorCode.IO_ERROR, "cannot count the start of \"" + directory + "\": " + e.getMessage(), e);
        }
    }
}
