package io.millrace.executor.log;

import java.io.IOException;
import java.nio.file.Path;
import java.util.zip.CRC32C;
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
    private final BlockStore.Tailer tailer;
    private final CRC32C crc = new CRC32C();

    private byte[] block;
    private long index;
    private long position;
    private String problem = "is missing";
    private @Nullable Throwable cause;

    BlockCursor(Generation generation, byte[] buffer) {
        this.generation = generation;
        this.block = buffer;
        BlockStore store = generation.acquire();
        try {
            tailer = store.tailer();
        } catch (Throwable t) {
            generation.release();
            throw t;
        }
    }

    /** Goes to a document; false when it is not there. */
    boolean moveTo(long documentIndex) {
        try {
            return tailer.moveTo(documentIndex);
        } catch (RuntimeException | InternalError | AssertionError e) {
            cause = e;
            return false;
        }
    }

    void moveToStart() {
        tailer.moveToStart();
    }

    Found next() {
        problem = "is missing";
        cause = null;
        try {
            BlockStore.Document document = tailer.next(this::buffer);
            return document == null ? Found.NOTHING : check(document);
        } catch (IOException | RuntimeException | InternalError | AssertionError e) {
            problem = "cannot be read";
            cause = e;
            return Found.DAMAGE;
        }
    }

    private byte @Nullable [] buffer(long length) {
        if (length < BlockCodec.HEADER_BYTES || length > BlockCodec.MAX_BYTES) {
            return null;
        }
        if (block.length < length) {
            block = new byte[Math.max((int) length, Math.min(block.length * 2, BlockCodec.MAX_BYTES))];
        }
        return block;
    }

    private Found check(BlockStore.Document document) {
        index = document.index();
        position = document.position();
        if (document.length() < 0) {
            problem = "is no block";
            return Found.DAMAGE;
        }
        String found = BlockCodec.problem(block, document.length(), crc);
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
    Path file() {
        return tailer.file();
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
