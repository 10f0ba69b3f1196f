package io.millrace.executor.checkpoint;

import io.millrace.executor.checkpoint.CheckpointFile.Block;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;

/** Writes a {@link CheckpointFile} beside its place, and puts it there when it is whole and on disk. For one thread at a time. */
public final class CheckpointWriter implements AutoCloseable {
    private static final String UNFINISHED = ".tmp";
    /** More at once would hold up others who wait for the disk. */
    private static final long MOST_UNFORCED_BYTES = 4L << 20;

    private final Path target;
    private final Path temporary;
    private final FileChannel channel;
    private final MessageDigest digest = CheckpointFile.digest();
    private final List<Block> blocks = new ArrayList<>();

    private long offset;
    private long forced;

    CheckpointWriter(Path target, long position, int identity) throws IOException {
        this.target = target;
        temporary = target.resolveSibling(target.getFileName() + UNFINISHED);
        channel = FileChannel.open(
                temporary, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE);
        ByteBuffer header = CheckpointFile.header(position, identity);
        digest.update(header.array());
        write(header);
    }

    static boolean isUnfinished(Path file) {
        return file.toString().endsWith(UNFINISHED);
    }

    /**
     * Adds a block of a view's state.
     *
     * @return whether it has waited until the disk had what was written so far
     */
    public boolean block(long view, int item, byte[] content) throws IOException {
        ByteBuffer header = CheckpointFile.blockHeader(view, item, content);
        digest.update(header.array());
        blocks.add(new Block(offset, view, item, content.length));
        write(header);
        write(ByteBuffer.wrap(content));
        boolean isMuch = offset - forced > MOST_UNFORCED_BYTES;
        if (isMuch) {
            channel.force(false);
            forced = offset;
        }
        return isMuch;
    }

    /** How many bytes it has so far. */
    public long bytes() {
        return offset;
    }

    /** The file is whole: on disk, under its name, when this returns. */
    public void finish(List<CheckpointEntry> entries) throws IOException {
        byte[] footer = CheckpointFile.footer(entries, blocks);
        digest.update(footer);
        write(ByteBuffer.wrap(footer));
        write(CheckpointFile.trailer(digest.digest(), footer));
        channel.force(true);
        channel.close();
        Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE);
        try (FileChannel directory = FileChannel.open(target.toAbsolutePath().getParent(), StandardOpenOption.READ)) {
            directory.force(true);
        }
    }

    private void write(ByteBuffer content) throws IOException {
        offset += content.remaining();
        while (content.hasRemaining()) {
            channel.write(content);
        }
    }

    /** Gives up what has not been finished. */
    @Override
    public void close() throws IOException {
        if (channel.isOpen()) {
            channel.close();
            Files.deleteIfExists(temporary);
        }
    }
}
