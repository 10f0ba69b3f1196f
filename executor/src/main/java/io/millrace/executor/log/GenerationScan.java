package io.millrace.executor.log;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads the blocks of a generation that the index does not know yet, as far as they follow each other. */
final class GenerationScan {
    private static final Logger LOG = LoggerFactory.getLogger(GenerationScan.class);

    private final Generation generation;
    private final LogIndex index;
    private final int schemaId;
    /** Blocks of an append whose end has not been seen. */
    private final List<BlockSummary> open = new ArrayList<>();

    private long lsn;
    private long row;
    private @Nullable Path file;
    private long position;
    private boolean torn;

    GenerationScan(Generation generation, LogIndex index, int schemaId) {
        this.generation = generation;
        this.index = index;
        this.schemaId = schemaId;
        this.lsn = index.end().nextLsn();
        this.row = index.end().rowCount();
    }

    /** Adds whole appends to the index, up to block {@code bound} or the first that is not there. */
    void run(long bound) {
        if (lsn >= bound) {
            return;
        }
        try (BlockCursor cursor = new BlockCursor(generation, new byte[64 << 10])) {
            if (lsn > generation.firstLsn()) {
                begin(cursor);
            } else {
                cursor.moveToStart();
            }
            boolean hasMore = true;
            while (hasMore && lsn < bound) {
                hasMore = take(cursor);
            }
        } catch (RuntimeException | InternalError | AssertionError e) {
            LOG.warn("cannot read on in \"{}\"", generation.directory(), e);
            torn = true;
        }
    }

    /** Goes behind the last block that is known, which has been verified. */
    /** Goes on without the queue, by blocks that are found in the bare bytes. */
    void search(long bound) throws IOException {
        FoundBlocks found = generation.found(lsn, bound);
        while (lsn < bound) {
            FoundBlocks.Place place = found.place(lsn);
            byte[] block = found.read(lsn);
            if (place == null || block == null || !follows(block)) {
                return;
            }
            long document = BlockChain.index(place.file(), lsn - place.fileLsn());
            take(BlockSummary.of(block, generation.number(), document), place.file(), place.position());
        }
    }

    private void begin(BlockCursor cursor) {
        if (!cursor.moveTo(index.documentIndex(lsn - 1)) || cursor.next() != BlockCursor.Found.BLOCK) {
            throw new IllegalStateException("block " + (lsn - 1) + " is gone");
        }
        file = cursor.file();
        position = cursor.position() + BlockCodec.length(cursor.block());
    }

    private boolean take(BlockCursor cursor) {
        BlockCursor.Found found = cursor.next();
        if (found != BlockCursor.Found.BLOCK || !follows(cursor.block())) {
            torn = found != BlockCursor.Found.NOTHING;
            return false;
        }
        take(BlockSummary.of(cursor.block(), generation.number(), cursor.index()), cursor.file(), cursor.position());
        return true;
    }

    private void take(BlockSummary block, @Nullable Path in, long at) {
        file = in;
        position = at + block.bytes();
        lsn = block.lsn() + 1;
        row = block.firstRow() + block.rows();
        open.add(block);
        if (!block.continues()) {
            open.forEach(index::add);
            open.clear();
        }
    }

    private boolean follows(byte[] block) {
        return BlockCodec.lsn(block) == lsn
                && BlockCodec.firstRow(block) == row
                && BlockCodec.schemaId(block) == schemaId;
    }

    /** The block that was not found, or at which the scan was told to end. */
    long lsn() {
        return lsn;
    }

    /** Where the last block that was found lies. */
    String place() {
        return String.valueOf(file == null ? generation.directory() : file);
    }

    /** Where in that file it ends. */
    long position() {
        return position;
    }

    /** How many whole blocks belong to an append that did not end. */
    int unfinished() {
        return open.size();
    }

    boolean isTorn() {
        return torn;
    }

    /** A block behind the end of the scan that proves that the missing one was durable; null when there is none. */
    @Nullable
    BlockSummary proofOfDamage() throws IOException {
        Path last = file;
        List<Path> files = generation.files();
        if (last != null) {
            files = files.stream()
                    .filter(path -> path.getFileName()
                                    .toString()
                                    .compareTo(last.getFileName().toString())
                            >= 0)
                    .toList();
        }
        return TailSearch.find(files, position, lsn);
    }
}
