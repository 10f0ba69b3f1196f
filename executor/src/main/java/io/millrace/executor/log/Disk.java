package io.millrace.executor.log;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.function.LongSupplier;

/** Where a log meets the disk; tests put faults in here, and a simulation a disk of its own. Thread-safe. */
public interface Disk {
    long usableBytes(Path directory) throws IOException;

    /** The size of the disk that a directory is on. */
    long totalBytes(Path directory);

    /** Returns when all that was written to the file, through a mapping too, is on disk. */
    void force(FileChannel file) throws IOException;

    /** A block has been written and is not yet on disk. */
    void written(long lsn);

    /**
     * How blocks are kept.
     *
     * @param millis the time that may name files; never goes back
     */
    BlockStore.Opener stores(LongSupplier millis);

    /** The real one. */
    Disk LOCAL = new LocalDisk();
}
