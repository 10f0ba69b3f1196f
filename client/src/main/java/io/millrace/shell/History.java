package io.millrace.shell;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.jspecify.annotations.Nullable;

/** The file of earlier statements, {@code ~/.millrace/history}; only its owner may read it. */
final class History {
    private History() {}

    /** Null when no such file can be kept. */
    static @Nullable Path file() {
        Path directory = Path.of(System.getProperty("user.home", "."), ".millrace");
        Path file = directory.resolve("history");
        try {
            if (!Files.exists(file)) {
                Files.createDirectories(directory);
                Files.createFile(file);
                restrict(file);
            }
            return file;
        } catch (IOException readOnly) {
            return null;
        }
    }

    private static void restrict(Path file) throws IOException {
        if (file.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        }
    }
}
