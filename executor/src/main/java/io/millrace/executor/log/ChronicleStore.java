package io.millrace.executor.log;

import java.io.File;
import java.nio.file.Path;
import java.util.function.LongSupplier;
import net.openhft.chronicle.bytes.Bytes;
import net.openhft.chronicle.bytes.SyncMode;
import net.openhft.chronicle.queue.ChronicleQueue;
import net.openhft.chronicle.queue.ExcerptAppender;
import net.openhft.chronicle.queue.ExcerptTailer;
import net.openhft.chronicle.queue.impl.single.SingleChronicleQueueBuilder;
import net.openhft.chronicle.queue.rollcycles.LargeRollCycles;
import net.openhft.chronicle.wire.DocumentContext;
import org.jspecify.annotations.Nullable;

/** Blocks in a queue of Chronicle. */
final class ChronicleStore implements BlockStore {
    private final ChronicleQueue queue;

    static {
        // before the first class of Chronicle is loaded
        System.setProperty("chronicle.analytics.disable", "true");
        System.setProperty("chronicle.announcer.disable", "true");
        System.setProperty("chronicle.disk.monitor.disable", "true");
    }

    private ChronicleStore(Path directory, LongSupplier millis) {
        queue = SingleChronicleQueueBuilder.binary(directory)
                .rollCycle(LargeRollCycles.LARGE_DAILY)
                .timeoutMS(1_000)
                .syncMode(SyncMode.SYNC)
                .timeProvider(millis::getAsLong)
                .build();
    }

    /** @param millis the time that names the files; must not go back */
    static Opener opener(LongSupplier millis) {
        return directory -> new ChronicleStore(directory, millis);
    }

    @Override
    public Appender appender() {
        return new QueueAppender(queue.createAppender());
    }

    @Override
    public Tailer tailer() {
        ExcerptTailer tailer = queue.createTailer();
        tailer.singleThreadedCheckDisabled(true); // readers are handed from thread to thread, one at a time
        return new QueueTailer(queue, tailer);
    }

    @Override
    public void close() {
        queue.close();
    }

    private record QueueAppender(ExcerptAppender appender) implements Appender {
        @Override
        public long append(byte[] block, int length) {
            try (DocumentContext document = appender.writingDocument()) {
                try {
                    document.wire().bytes().write(block, 0, length);
                } catch (Throwable t) {
                    document.rollbackOnClose(); // else the half document would be committed
                    throw t;
                }
            }
            return appender.lastIndexAppended();
        }

        @Override
        public Path file() {
            return appender.currentFile().toPath();
        }

        @Override
        public void close() {
            appender.close();
        }
    }

    private record QueueTailer(ChronicleQueue queue, ExcerptTailer tailer) implements Tailer {
        @Override
        public boolean moveTo(long index) {
            if (tailer.moveToIndex(index)) {
                return true;
            }
            queue.refreshDirectoryListing(); // a tailer does not see the files that came after it
            return tailer.moveToIndex(index);
        }

        @Override
        public void moveToStart() {
            tailer.toStart();
        }

        @Override
        public @Nullable Document next(Buffers buffers) {
            try (DocumentContext document = tailer.readingDocument()) {
                if (!document.isPresent()) {
                    return null;
                }
                Bytes<?> bytes = document.wire().bytes();
                long position = bytes.readPosition();
                byte[] buffer = buffers.ofAtLeast(bytes.readRemaining());
                if (buffer == null) {
                    return new Document(document.index(), position, -1);
                }
                int length = (int) bytes.readRemaining();
                bytes.read(buffer, 0, length);
                return new Document(document.index(), position, length);
            }
        }

        @Override
        public @Nullable Path file() {
            File file = tailer.currentFile();
            return file == null ? null : file.toPath();
        }

        @Override
        public void close() {
            tailer.close();
        }
    }
}
