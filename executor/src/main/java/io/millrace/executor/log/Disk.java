package io.millrace.executor.log;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;

/** Where a log meets the disk; tests put faults in here. */
interface Disk {
    long usableBytes(Path directory) throws IOException;

    /** Returns when all that was written to the file, through a mapping too, is on disk. */
    void force(FileChannel file) throws IOException;

    /** A block has been written and is not yet on disk. */
    void written(long lsn);

    /** The real one. */
    Disk LOCAL = new Disk() {
        @Override
        public long usableBytes(Path directory) throws IOException {
            return directory.toFile().getUsableSpace(); // FileStore would read the table of mounts each time
        }

        @Override
        public void force(FileChannel file) throws IOException {
            file.force(false);
        }

        @Override
        public void written(long lsn) {}
    };
}
