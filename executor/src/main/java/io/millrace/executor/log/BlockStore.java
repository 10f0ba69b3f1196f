package io.millrace.executor.log;

import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Where the blocks of one generation are, one behind the other, as documents that have an index each: a queue of Chronicle,
 * or what a simulation puts in its place. In its files a document is 4 bytes of its length and the block; what follows begins
 * at the next multiple of 4. Thread-safe, but for what it gives.
 */
public interface BlockStore extends AutoCloseable {
    /** For one process, once. */
    Appender appender();

    Tailer tailer();

    @Override
    void close();

    /** Opens the blocks of a directory. */
    interface Opener {
        BlockStore open(Path directory);
    }

    /** Puts blocks at the end, not yet durably. For one thread. */
    interface Appender extends AutoCloseable {
        /** Returns the index of the document; none of the block is there when this fails. */
        long append(byte[] block, int length) throws IOException;

        /** The file that holds the block that was appended last. */
        Path file();

        @Override
        void close();
    }

    /** Reads documents, each once. For one thread at a time. */
    interface Tailer extends AutoCloseable {
        /** Goes to a document; false when it is not there. */
        boolean moveTo(long index);

        void moveToStart();

        /**
         * Reads the next document.
         *
         * @return null when there is none
         */
        @Nullable
        Document next(Buffers buffers) throws IOException;

        /** The file that was read last; null when none was. */
        @Nullable
        Path file();

        @Override
        void close();
    }

    /** Gives room for a document. */
    interface Buffers {
        /** Null when nobody wants that much. */
        byte @Nullable [] ofAtLeast(long length);
    }

    /**
     * A document that was read into a buffer.
     *
     * @param position in its file
     * @param length -1 when it was not read, because of its length
     */
    record Document(long index, long position, int length) {}
}
