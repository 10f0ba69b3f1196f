package io.millrace.executor.log;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.function.LongSupplier;

/** The files of the operating system, with blocks in queues of Chronicle. */
class LocalDisk implements Disk {
    @Override
    public long usableBytes(Path directory) throws IOException {
        return directory.toFile().getUsableSpace(); // FileStore would read the table of mounts each time
    }

    @Override
    public long totalBytes(Path directory) {
        return directory.toFile().getTotalSpace();
    }

    @Override
    public void force(FileChannel file) throws IOException {
        file.force(false);
    }

    @Override
    public void written(long lsn) {}

    @Override
    public BlockStore.Opener stores(LongSupplier millis) {
        return ChronicleStore.opener(millis);
    }
}
