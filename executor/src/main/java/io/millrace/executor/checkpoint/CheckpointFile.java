package io.millrace.executor.checkpoint;

import io.millrace.error.MillraceException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.function.IntPredicate;
import java.util.zip.CRC32C;

/**
 * A file of saved states. Little endian, but for what the footer holds.
 *
 * <pre>
 * header   magic "MRCKPT01" | version 4 | identity of the step 4 | position 8
 * blocks   { view 8 | item 4 | length 4 | CRC32C of view, item, length and content 4 | content } each
 * footer   entries, and per block { offset 8 | view 8 | item 4 | length 4 }
 * trailer  SHA-256 of header, all block headers and footer 32 | length of the footer 4 | CRC32C of footer, digest and length 4 | magic
 * </pre>
 *
 * Each byte is covered by a checksum; a length is compared with the size of the file before anything is allocated.
 */
public final class CheckpointFile {
    static final int HEADER_BYTES = 24;
    static final int BLOCK_HEADER_BYTES = 20;
    static final int TRAILER_BYTES = 48;

    private static final long MAGIC = 0x313054504B43524DL; // "MRCKPT01"
    private static final int VERSION = 1;
    private static final String DIGEST = "SHA-256";
    private static final int DIGEST_BYTES = 32;

    private final Path path;
    private final long position;
    private final int identity;
    private final List<CheckpointEntry> entries;
    private final List<Block> blocks;
    private final long bytes;

    private CheckpointFile(
            Path path, long position, int identity, List<CheckpointEntry> entries, List<Block> blocks, long bytes) {
        this.path = path;
        this.identity = identity;
        this.position = position;
        this.entries = entries;
        this.blocks = blocks;
        this.bytes = bytes;
    }

    /** Where a block is. */
    record Block(long offset, long view, int item, int length) {}

    /** Takes the blocks of one part of a view's state. */
    @FunctionalInterface
    public interface BlockConsumer {
        void accept(int item, byte[] block);
    }

    public Path path() {
        return path;
    }

    /** Of the step after which the states were as they are here. */
    public long position() {
        return position;
    }

    /** Of that step: see {@link StepRecord#identity}. */
    public int identity() {
        return identity;
    }

    /** The views whose states are here, or in files before this one. */
    public List<CheckpointEntry> entries() {
        return entries;
    }

    /** How much of it is a view's. */
    public long bytesOf(long view) {
        return blocks.stream()
                .filter(block -> block.view() == view)
                .mapToLong(Block::length)
                .sum();
    }

    static ByteBuffer header(long position, int identity) {
        return buffer(HEADER_BYTES)
                .putLong(MAGIC)
                .putInt(VERSION)
                .putInt(identity)
                .putLong(position)
                .flip();
    }

    static ByteBuffer blockHeader(long view, int item, byte[] content) {
        ByteBuffer header =
                buffer(BLOCK_HEADER_BYTES).putLong(view).putInt(item).putInt(content.length);
        CRC32C crc = new CRC32C();
        crc.update(header.array(), 0, BLOCK_HEADER_BYTES - Integer.BYTES);
        crc.update(content, 0, content.length);
        return header.putInt((int) crc.getValue()).flip();
    }

    static byte[] footer(List<CheckpointEntry> entries, List<Block> blocks) {
        try {
            ByteArrayOutputStream content = new ByteArrayOutputStream();
            DataOutputStream out = new DataOutputStream(content);
            out.writeInt(entries.size());
            for (CheckpointEntry entry : entries) {
                entry.write(out);
            }
            out.writeInt(blocks.size());
            for (Block block : blocks) {
                out.writeLong(block.offset());
                out.writeLong(block.view());
                out.writeInt(block.item());
                out.writeInt(block.length());
            }
            return content.toByteArray();
        } catch (IOException e) {
            throw new IllegalStateException("memory cannot be written", e);
        }
    }

    static ByteBuffer trailer(byte[] digest, byte[] footer) {
        ByteBuffer trailer = buffer(TRAILER_BYTES).put(digest).putInt(footer.length);
        return trailer.putInt(checksum(footer, trailer.array())).putLong(MAGIC).flip();
    }

    private static int checksum(byte[] footer, byte[] trailer) {
        CRC32C crc = new CRC32C();
        crc.update(footer, 0, footer.length);
        crc.update(trailer, 0, DIGEST_BYTES + Integer.BYTES);
        return (int) crc.getValue();
    }

    static MessageDigest digest() {
        try {
            return MessageDigest.getInstance(DIGEST);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has " + DIGEST, e);
        }
    }

    private static ByteBuffer buffer(int size) {
        return ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
    }

    /**
     * Reads header, footer and trailer.
     *
     * @throws MillraceException DATA_CORRUPTED, naming file and place, when one is damaged
     */
    public static CheckpointFile open(Path path) throws IOException {
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
            long size = channel.size();
            ByteBuffer header = read(channel, path, 0, HEADER_BYTES, size);
            if (header.getLong() != MAGIC) {
                throw damaged(path, 0, "is no checkpoint");
            }
            int version = header.getInt();
            if (version != VERSION) {
                throw damaged(path, Long.BYTES, "has the unknown version " + version);
            }
            int identity = header.getInt();
            long position = header.getLong();
            long trailerAt = size - TRAILER_BYTES;
            ByteBuffer trailer = read(channel, path, trailerAt, TRAILER_BYTES, size);
            byte[] digest = new byte[DIGEST_BYTES];
            trailer.get(digest);
            int footerLength = trailer.getInt();
            long footerAt = trailerAt - footerLength;
            ByteBuffer footer = read(channel, path, footerAt, footerLength, trailerAt);
            if (checksum(footer.array(), trailer.array()) != trailer.getInt() || trailer.getLong() != MAGIC) {
                throw damaged(path, trailerAt, "does not end as a checkpoint does");
            }
            CheckpointFile file = parse(path, position, identity, footer.array(), size);
            file.checkDigest(channel, header, footer.array(), digest, footerAt);
            return file;
        }
    }

    private static CheckpointFile parse(Path path, long position, int identity, byte[] footer, long size)
            throws IOException {
        DataInputStream in = new DataInputStream(new ByteArrayInputStream(footer));
        List<CheckpointEntry> entries = new ArrayList<>();
        int views = in.readInt();
        for (int i = 0; i < views; i++) {
            entries.add(CheckpointEntry.read(in));
        }
        List<Block> blocks = new ArrayList<>();
        int count = in.readInt();
        for (int i = 0; i < count; i++) {
            blocks.add(new Block(in.readLong(), in.readLong(), in.readInt(), in.readInt()));
        }
        return new CheckpointFile(path, position, identity, entries, blocks, size);
    }

    private void checkDigest(FileChannel channel, ByteBuffer header, byte[] footer, byte[] expected, long footerAt)
            throws IOException {
        MessageDigest digest = digest();
        digest.update(header.array());
        long at = HEADER_BYTES;
        for (Block block : blocks) {
            if (block.offset() != at) {
                throw damaged(path, block.offset(), "has blocks that do not follow each other");
            }
            digest.update(read(channel, path, at, BLOCK_HEADER_BYTES, footerAt).array());
            at += BLOCK_HEADER_BYTES + (long) block.length();
        }
        digest.update(footer);
        if (at != footerAt || !Arrays.equals(digest.digest(), expected)) {
            throw damaged(path, footerAt, "has a wrong digest");
        }
    }

    /**
     * Reads the blocks of a view, checking each. Thread-safe.
     *
     * @param items which of them are wanted
     * @throws MillraceException DATA_CORRUPTED, naming file and place, when one is damaged
     */
    public void read(long view, IntPredicate items, BlockConsumer into) throws IOException {
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
            for (Block block : blocks) {
                if (block.view() == view && items.test(block.item())) {
                    into.accept(block.item(), content(channel, block));
                }
            }
        }
    }

    /**
     * As {@link #read(long, IntPredicate, BlockConsumer)}, but some blocks are read by others while the ones before them are taken.
     *
     * @param helper not one all whose threads may wait for the caller
     */
    public void read(long view, IntPredicate items, Executor helper, BlockConsumer into) throws IOException {
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ);
                ReadAhead<Block, byte[]> ahead = new ReadAhead<>(helper, block -> content(channel, block))) {
            List<Block> wanted = blocks.stream()
                    .filter(block -> block.view() == view && items.test(block.item()))
                    .toList();
            ahead.forEach(wanted, (block, content) -> into.accept(block.item(), content));
        }
    }

    /** Reads all blocks, and finds nothing wrong with them, or throws as {@link #read}. */
    public void verify() throws IOException {
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
            for (Block block : blocks) {
                content(channel, block);
            }
        }
    }

    private byte[] content(FileChannel channel, Block block) throws IOException {
        ByteBuffer header = read(channel, path, block.offset(), BLOCK_HEADER_BYTES, bytes);
        byte[] content = read(channel, path, block.offset() + BLOCK_HEADER_BYTES, block.length(), bytes)
                .array();
        if (!header.equals(blockHeader(block.view(), block.item(), content))) {
            throw damaged(path, block.offset(), "has a wrong checksum");
        }
        return content;
    }

    private static ByteBuffer read(FileChannel channel, Path path, long offset, int length, long end)
            throws IOException {
        if (offset < 0 || length < 0 || offset + length > end) {
            throw damaged(
                    path, Math.min(Math.max(0, offset), end), "is cut short"); // the place is told by what is damaged
        }
        ByteBuffer buffer = buffer(length);
        while (buffer.hasRemaining()) {
            if (channel.read(buffer, offset + buffer.position()) < 0) {
                throw damaged(path, offset, "is cut short");
            }
        }
        return buffer.flip();
    }

    private static MillraceException damaged(Path path, long offset, String what) {
        return DamagedPlace.error(path, offset, what);
    }
}
