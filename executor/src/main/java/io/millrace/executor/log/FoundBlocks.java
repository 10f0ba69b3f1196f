package io.millrace.executor.log;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.TreeMap;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * The whole blocks that are in the bare bytes of files, whatever else of these is damaged: a block tells itself that it is
 * whole, and which it is. Immutable.
 */
final class FoundBlocks {
    private static final int CHUNK_BYTES = 1 << 20;

    private final TreeMap<Long, Place> places = new TreeMap<>();

    /**
     * Where a block is.
     *
     * @param fileLsn of the first block that was found in the file
     */
    record Place(Path file, long fileLsn, long position) {}

    private FoundBlocks() {}

    /** @param from where the first file is searched from */
    static FoundBlocks in(List<Path> files, long from) throws IOException {
        FoundBlocks found = new FoundBlocks();
        long start = from;
        for (Path file : files) {
            try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ);
                    FileHoles holes = new FileHoles(file)) {
                found.search(file, channel, holes, start & ~3L);
            }
            start = 0;
        }
        return found;
    }

    private void search(Path file, FileChannel channel, FileHoles holes, long from) throws IOException {
        TreeMap<Long, Long> here = new TreeMap<>();
        CRC32C crc = new CRC32C();
        byte[] chunk = new byte[CHUNK_BYTES];
        long size = channel.size();
        long skipTo = from;
        for (long base = holes.nextData(from); base < size; base = holes.nextData(base + CHUNK_BYTES)) {
            int length = read(channel, base, chunk, CHUNK_BYTES);
            for (int at = (int) Math.max(0, Math.min(skipTo - base, CHUNK_BYTES)); at + 4 <= length; at += 4) {
                if (at % FileHoles.PAGE_BYTES == 0
                        && FileHoles.isHole(chunk, at, Math.min(length, at + FileHoles.PAGE_BYTES))) {
                    at += FileHoles.PAGE_BYTES - 4;
                    continue;
                }
                if (BlockCodec.readInt(chunk, at) != BlockCodec.MAGIC) {
                    continue;
                }
                byte[] block = block(channel, base + at, crc);
                if (block != null) {
                    here.putIfAbsent(BlockCodec.lsn(block), base + at);
                    skipTo = base + at + ((block.length + 3) & ~3);
                    at = (int) Math.min(skipTo - base, CHUNK_BYTES) - 4; // what a block holds is none
                }
            }
        }
        here.forEach((lsn, position) -> places.putIfAbsent(lsn, new Place(file, here.firstKey(), position)));
    }

    /** The whole block at a position; null when there is none. */
    static byte @Nullable [] block(FileChannel channel, long position, CRC32C crc) throws IOException {
        byte[] header = new byte[BlockCodec.HEADER_BYTES];
        if (read(channel, position, header, header.length) < header.length) {
            return null;
        }
        int length = BlockCodec.readInt(header, 8);
        if (length < BlockCodec.HEADER_BYTES || length > BlockCodec.MAX_BYTES) {
            return null;
        }
        byte[] block = new byte[length];
        boolean isWhole =
                read(channel, position, block, length) == length && BlockCodec.problem(block, length, crc) == null;
        return isWhole ? block : null;
    }

    /** Reads as much as there is. */
    static int read(FileChannel channel, long position, byte[] target, int length) throws IOException {
        ByteBuffer buffer = ByteBuffer.wrap(target, 0, length);
        while (buffer.hasRemaining()) {
            if (channel.read(buffer, position + buffer.position()) < 0) {
                break;
            }
        }
        return buffer.position();
    }

    /** The first block from {@code lsn} on; null when there is none. */
    @Nullable
    Long ceiling(long lsn) {
        return places.ceilingKey(lsn);
    }

    @Nullable
    Place place(long lsn) {
        return places.get(lsn);
    }

    /** Reads a block; null when it was not found. */
    byte @Nullable [] read(long lsn) throws IOException {
        Place place = places.get(lsn);
        if (place == null) {
            return null;
        }
        try (FileChannel channel = FileChannel.open(place.file(), StandardOpenOption.READ)) {
            byte[] block = block(channel, place.position(), new CRC32C());
            return block != null && BlockCodec.lsn(block) == lsn ? block : null;
        }
    }
}
