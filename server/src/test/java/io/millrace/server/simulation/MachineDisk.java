package io.millrace.server.simulation;

import io.millrace.executor.log.BlockStore;
import io.millrace.executor.log.Disk;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.function.LongSupplier;

/** How logs meet a simulated disk. */
record MachineDisk(SimulatedDisk disk) implements Disk {
    private static final long TOTAL_BYTES = 1L << 30;

    @Override
    public long usableBytes(Path directory) {
        return disk.usable();
    }

    @Override
    public long totalBytes(Path directory) {
        return TOTAL_BYTES;
    }

    @Override
    public void force(FileChannel file) throws IOException {
        file.force(false);
    }

    @Override
    public void written(long lsn) {}

    @Override
    public BlockStore.Opener stores(LongSupplier millis) {
        return PlainBlocks::new;
    }
}
