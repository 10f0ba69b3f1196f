package io.millrace.executor.log;

import io.millrace.error.ErrorCode;
import io.millrace.error.MillraceException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * Tells a data directory from all others, also from one in which the same statements were made: a random number in a file,
 * given when the directory is used for the first time.
 */
public final class DirectoryIdentity {
    private static final String FILE = "identity";
    private static final Pattern FORM = Pattern.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");

    private DirectoryIdentity() {}

    /** The directory's; for the process that holds its lock. One that is missing or damaged is replaced by another. */
    public static String of(Path directory) {
        try {
            Path file = directory.resolve(FILE);
            if (Files.exists(file)) {
                String written = new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1).strip();
                if (FORM.matcher(written).matches()) {
                    return written;
                }
            }
            String given = UUID.randomUUID().toString();
            Durable.replace(directory, FILE, (given + "\n").getBytes(StandardCharsets.US_ASCII));
            return given;
        } catch (IOException e) {
            throw new MillraceException(
                    ErrorCode.IO_ERROR,
                    "cannot read or write the identity of data directory \"" + directory + "\": " + e,
                    e);
        }
    }
}
