package io.millrace.server.admin;

import java.nio.file.Path;

/** The disk that the data directory is on. */
final class DataDisk {
    private final Path directory;

    DataDisk(Path directory) {
        this.directory = directory;
    }

    long freeBytes() {
        return directory.toFile().getUsableSpace();
    }

    long totalBytes() {
        return directory.toFile().getTotalSpace();
    }
}
