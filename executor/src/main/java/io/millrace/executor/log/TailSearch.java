package io.millrace.executor.log;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * Tells a torn tail from damage, behind the place where a log cannot be read on, by looking for whole blocks in the bare
 * bytes of the files. A block that says that the missing one was on disk before it proves damage; so does the missing
 * block itself, complete but out of reach. Blocks of the same group prove nothing: a disk may write them in any order.
 */
final class TailSearch {
    private static final int CHUNK_BYTES = 1 << 20;

    private static final int NOT_COMPLETE_OR_METADATA = 0xC000_0000;

    private final long missingLsn;
    private final CRC32C crc = new CRC32C();
    private @Nullable BlockSummary last;

    private TailSearch(long missingLsn) {
        this.missingLsn = missingLsn;
    }

    /**
     * The last block that proves that {@code missingLsn} was durable; null when there is none.
     *
     * @param files to search, the first from {@code position} on
     */
    static @Nullable BlockSummary find(List<Path> files, long position, long missingLsn) throws IOException {
        TailSearch search = new TailSearch(missingLsn);
        long from = position & ~3L;
        for (Path file : files) {
            try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ);
                    FileHoles holes = new FileHoles(file)) {
                search.scan(channel, holes, from);
            }
            from = 0;
        }
        return search.last;
    }

    private void scan(FileChannel channel, FileHoles holes, long from) throws IOException {
        long size = channel.size();
        byte[] chunk = new byte[(int) Math.max(0, Math.min(CHUNK_BYTES, size - from))];
        for (long base = holes.nextData(from); base < size; base = holes.nextData(base + chunk.length)) {
            int length = read(channel, base, chunk, chunk.length);
            for (int page = 0; page < length; page += FileHoles.PAGE_BYTES) {
                int end = Math.min(length, page + FileHoles.PAGE_BYTES);
                if (!FileHoles.isHole(chunk, page, end)) {
                    scan(channel, base, chunk, page, end);
                }
            }
        }
    }

    private void scan(FileChannel channel, long base, byte[] chunk, int begin, int end) throws IOException {
        for (int at = begin; at + 4 <= end; at += 4) {
            if (BlockCodec.readInt(chunk, at) == BlockCodec.MAGIC) {
                consider(channel, base + at);
            }
        }
    }

    private void consider(FileChannel channel, long position) throws IOException {
        byte[] header = new byte[BlockCodec.HEADER_BYTES + 4];
        if (position < 4 || read(channel, position - 4, header, header.length) < header.length) {
            return;
        }
        int document = BlockCodec.readInt(header, 0);
        int length = BlockCodec.readInt(header, 4 + 8);
        if (length < BlockCodec.HEADER_BYTES || length > BlockCodec.MAX_BYTES) {
            return;
        }
        byte[] block = new byte[length];
        if (read(channel, position, block, length) < length || BlockCodec.problem(block, length, crc) != null) {
            return;
        }
        boolean complete = (document & NOT_COMPLETE_OR_METADATA) == 0 && document == length;
        if (BlockCodec.durableLsn(block) > missingLsn || (BlockCodec.lsn(block) == missingLsn && complete)) {
            last = BlockSummary.of(block, 0, 0);
        }
    }

    private static int read(FileChannel channel, long position, byte[] target, int length) throws IOException {
        ByteBuffer buffer = ByteBuffer.wrap(target, 0, length);
        while (buffer.hasRemaining()) {
            if (channel.read(buffer, position + buffer.position()) < 0) {
                break;
            }
        }
        return buffer.position();
    }
}
