package io.millrace.executor.log;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/** Appends to the newest generation. For one thread. */
final class GenerationWriter implements AutoCloseable {
    private final Generation generation;
    private final Disk disk;
    private final BlockStore.Appender appender;

    private @Nullable FileChannel file;
    private @Nullable Path path;

    GenerationWriter(Generation generation, Disk disk) {
        this.generation = generation;
        this.disk = disk;
        this.appender = generation.acquire().appender();
    }

    /** Writes a block, not yet durably; returns the index of its document. */
    long append(byte[] block, int length) throws IOException {
        long index = appender.append(block, length);
        Path written = appender.file();
        if (!written.equals(path)) {
            begin(written);
        }
        return index;
    }

    private void begin(Path newFile) throws IOException {
        FileChannel old = file;
        if (old != null) {
            disk.force(old);
            old.close();
        }
        file = FileChannel.open(newFile, StandardOpenOption.WRITE);
        path = newFile;
        disk.force(file);
        Durable.forceAll(generation.directory()); // the names and the metadata, which Chronicle does not sync
    }

    /** Brings to the disk all that was appended: by fsync, which unlike Chronicle's own sync takes headers and index too. */
    void sync() throws IOException {
        if (file != null) {
            disk.force(file);
        }
    }

    @Override
    public void close() throws IOException {
        try {
            appender.close();
            generation.release();
        } finally {
            if (file != null) {
                file.close();
            }
        }
    }
}
