package io.millrace.executor.log;

import java.io.File;
import java.util.zip.CRC32C;
import net.openhft.chronicle.bytes.Bytes;
import net.openhft.chronicle.queue.ChronicleQueue;
import net.openhft.chronicle.queue.ExcerptTailer;
import net.openhft.chronicle.wire.DocumentContext;
import org.jspecify.annotations.Nullable;

/** Reads the documents of one generation into a buffer of its own and checks each. For one thread at a time. */
final class BlockCursor implements AutoCloseable {
    /** What the next document is. */
    enum Found {
        BLOCK,
        NOTHING,
        DAMAGE
    }

    private final Generation generation;
    private final ChronicleQueue queue;
    private final ExcerptTailer tailer;
    private final CRC32C crc = new CRC32C();

    private byte[] block;
    private int length;
    private long index;
    private long position;
    private String problem = "is missing";
    private @Nullable Throwable cause;

    BlockCursor(Generation generation, byte[] buffer) {
        this.generation = generation;
        this.block = buffer;
        queue = generation.acquire();
        try {
            tailer = queue.createTailer();
            tailer.singleThreadedCheckDisabled(true); // readers are handed from thread to thread, one at a time
        } catch (Throwable t) {
            generation.release();
            throw t;
        }
    }

    /** Goes to a document; false when it is not there. */
    boolean moveTo(long documentIndex) {
        try {
            if (tailer.moveToIndex(documentIndex)) {
                return true;
            }
            queue.refreshDirectoryListing(); // a tailer does not see the files that came after it
            return tailer.moveToIndex(documentIndex);
        } catch (RuntimeException | InternalError | AssertionError e) {
            cause = e;
            return false;
        }
    }

    void moveToStart() {
        tailer.toStart();
    }

    Found next() {
        problem = "is missing";
        cause = null;
        try (DocumentContext document = tailer.readingDocument()) {
            if (!document.isPresent()) {
                return Found.NOTHING;
            }
            Bytes<?> bytes = document.wire().bytes();
            position = bytes.readPosition();
            index = document.index();
            return read(bytes);
        } catch (RuntimeException | InternalError | AssertionError e) {
            problem = "cannot be read";
            cause = e;
            return Found.DAMAGE;
        }
    }

    private Found read(Bytes<?> bytes) {
        long remaining = bytes.readRemaining();
        if (remaining < BlockCodec.HEADER_BYTES || remaining > BlockCodec.MAX_BYTES) {
            problem = "is no block";
            return Found.DAMAGE;
        }
        length = (int) remaining;
        if (block.length < length) {
            block = new byte[Math.max(length, Math.min(block.length * 2, BlockCodec.MAX_BYTES))];
        }
        bytes.read(block, 0, length);
        String found = BlockCodec.problem(block, length, crc);
        if (found != null) {
            problem = found;
            return Found.DAMAGE;
        }
        return Found.BLOCK;
    }

    /** The bytes of the block, valid until the next call of {@link #next}; the array is longer. */
    byte[] block() {
        return block;
    }

    long index() {
        return index;
    }

    /** Where in its file the block begins. */
    long position() {
        return position;
    }

    /** The file that was read last; null when none was. */
    @Nullable
    File file() {
        return tailer.currentFile();
    }

    String problem() {
        return problem;
    }

    @Nullable
    Throwable cause() {
        return cause;
    }

    Generation generation() {
        return generation;
    }

    @Override
    public void close() {
        try {
            tailer.close();
        } finally {
            generation.release();
        }
    }
}
