package io.millrace.executor.log;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * Reads a queue's file without the queue. Its documents follow each other, each behind a header of 4 bytes; where these do not
 * lead on, blocks are found by what they begin with. For one thread.
 *
 * <pre>
 * header    not complete 1 bit | metadata 1 bit | length 30 bits; 0: nothing was written here
 * document  length bytes; the next header is at the next multiple of 4
 * </pre>
 */
final class QueueFile implements AutoCloseable {
    static final String MISSING = "is missing";

    private static final int NOT_COMPLETE = 0x8000_0000;
    private static final int METADATA = 0x4000_0000;

    private final Path path;
    private final FileChannel channel;
    private final CRC32C crc = new CRC32C();
    private final byte[] header = new byte[4];

    private byte[] block = new byte[0];
    private long position;
    private long documentAt;
    private long endOfBlock;
    private long gapAt;
    private String problem = MISSING;
    private @Nullable FoundBlocks found;

    QueueFile(Path path) throws IOException {
        this.path = path;
        channel = FileChannel.open(path, StandardOpenOption.READ);
    }

    Path path() {
        return path;
    }

    /** Moves to a block, or the first behind it that is whole; false when there is none. */
    boolean moveTo(long lsn) throws IOException {
        gapAt = endOfBlock;
        problem = MISSING;
        if (follow(lsn)) {
            return true;
        }
        if (found == null) {
            found = FoundBlocks.in(List.of(path), endOfBlock);
        }
        Long next = found.ceiling(lsn);
        FoundBlocks.Place place = next == null ? null : found.place(next);
        byte[] whole = place == null ? null : FoundBlocks.block(channel, place.position(), crc);
        if (gapAt >= (place == null ? channel.size() : place.position())) {
            gapAt = endOfBlock; // a wrong length led too far
        }
        if (place == null || whole == null) {
            return false;
        }
        take(place.position(), whole);
        return true;
    }

    private boolean follow(long lsn) throws IOException {
        while (FoundBlocks.read(channel, documentAt, header, 4) == 4) {
            int document = BlockCodec.readInt(header, 0);
            int length = document & ~(NOT_COMPLETE | METADATA);
            if (document == 0 || (document & NOT_COMPLETE) != 0) {
                break;
            }
            if ((document & METADATA) != 0) {
                documentAt = (documentAt + 4 + length + 3) & ~3L;
                gapAt = documentAt;
                continue;
            }
            gapAt = documentAt + 4;
            byte[] whole = FoundBlocks.block(channel, gapAt, crc);
            if (whole == null) {
                problem = problem(gapAt, length);
                return false;
            }
            if (whole.length != length || BlockCodec.lsn(whole) != lsn) {
                return false;
            }
            take(gapAt, whole);
            return true;
        }
        if (endOfBlock > 0) {
            gapAt = endOfBlock; // what was passed since may be a block whose header is damaged
        }
        return false;
    }

    private String problem(long at, int length) throws IOException {
        byte[] bytes = new byte[Math.min(length, BlockCodec.MAX_BYTES)];
        String what = BlockCodec.problem(bytes, FoundBlocks.read(channel, at, bytes, bytes.length), crc);
        return what == null ? "is damaged" : what;
    }

    private void take(long at, byte[] whole) {
        block = whole;
        position = at;
        endOfBlock = at + whole.length;
        documentAt = (endOfBlock + 3) & ~3L;
    }

    /** The whole block. */
    byte[] block() {
        return block;
    }

    long lsn() {
        return BlockCodec.lsn(block);
    }

    /** Where what was looked for should be: at or behind the end of the block before it. */
    long gapAt() {
        return gapAt;
    }

    /** Where it begins. */
    long position() {
        return position;
    }

    /** Where the last block that was found ends; 0 before the first. */
    long endOfBlock() {
        return endOfBlock;
    }

    /** What is wrong where no block was found. */
    String problem() {
        return problem;
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
