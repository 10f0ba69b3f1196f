package io.millrace.executor.log;

import java.nio.file.Path;

/** Keeps a second server out of a data directory. */
public final class DataDirectoryLock implements AutoCloseable {
    private final DirectoryLock lock;

    private DataDirectoryLock(DirectoryLock lock) {
        this.lock = lock;
    }

    /**
     * Locks the directory, creating it when there is none.
     *
     * @throws io.millrace.error.MillraceException when another process, or this one, holds it; tells which
     */
    public static DataDirectoryLock acquire(Path directory) {
        return new DataDirectoryLock(DirectoryLock.acquire(directory, "millrace.lock", "data directory"));
    }

    @Override
    public void close() {
        lock.close();
    }
}
