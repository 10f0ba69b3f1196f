package io.millrace.executor.log;

import io.millrace.error.MillraceException;
import io.millrace.executor.column.Batch;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Reads a {@link ChronicleLog}: each block is copied into one buffer, checked, and decoded from there. */
final class ChronicleLogReader implements LogReader, Retained.Holder {
    private final LogState state;
    private final LogOptions options;
    private final int schemaId;
    private final BlockBatch batch;

    private byte[] block = new byte[64 << 10];
    private @Nullable BlockCursor cursor;
    /** Whose blocks are searched for. */
    private @Nullable Generation searched;

    private volatile long nextLsn;
    /** Of the generation that is open; else Long.MAX_VALUE. */
    private volatile long openLsn = Long.MAX_VALUE;

    private long nextRow = -1;

    ChronicleLogReader(LogState state, LogOptions options, long lsn) {
        this.state = state;
        this.options = options;
        this.schemaId = BlockEncoder.schemaId(options.columnTypes());
        this.batch = new BlockBatch(options.columnTypes());
        this.nextLsn = lsn;
        state.retained().begin(this, lsn);
    }

    @Override
    public long heldLsn() {
        return Math.min(nextLsn, openLsn);
    }

    @Override
    public boolean next(long endLsn) {
        if (state.isClosed()) {
            throw AppendQueue.shuttingDown(options.name());
        }
        if (nextLsn >= Math.min(endLsn, state.end().nextLsn())) {
            return false;
        }
        boolean interrupted = Thread.interrupted(); // an interrupt closes files under those who open them
        try {
            read();
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
        return true;
    }

    private void read() {
        if (nextLsn < state.index().start().lsn()) {
            throw state.retained().trimmed(); // of a reader that has been closed and goes on
        }
        Generation generation = state.generation(nextLsn);
        if (generation == searched && search(generation)) {
            return;
        }
        try {
            readFromQueue(generation);
        } catch (MillraceException damage) {
            if (!search(generation)) {
                state.noteDamage(damage);
                throw damage;
            }
            searched = generation;
        }
    }

    /** A block may be whole where what leads to it is damaged; false when it is not. */
    private boolean search(Generation generation) {
        try {
            byte[] found = generation.found(nextLsn, state.end().nextLsn()).read(nextLsn);
            if (found == null || problem(found) != null) {
                return false;
            }
            show(found);
            return true;
        } catch (IOException unreadable) {
            return false;
        }
    }

    private void readFromQueue(Generation generation) {
        BlockCursor open = cursor(generation);
        BlockCursor.Found found = open.next();
        if (found == BlockCursor.Found.NOTHING && open.moveTo(state.index().documentIndex(nextLsn))) {
            found = open.next(); // in a file that the cursor did not know
        }
        if (found != BlockCursor.Found.BLOCK) {
            throw damaged(open, open.problem());
        }
        String problem = problem(open.block());
        if (problem != null) {
            throw damaged(open, problem);
        }
        show(open.block());
    }

    private void show(byte[] found) {
        block = found;
        nextLsn = BlockCodec.lsn(found) + 1;
        nextRow = firstRow() + BlockCodec.rowCount(block);
        batch.show(block);
    }

    private BlockCursor cursor(Generation generation) {
        BlockCursor open = cursor;
        if (open != null && open.generation() == generation) {
            return open;
        }
        closeCursor();
        try {
            open = new BlockCursor(generation, block);
        } catch (RuntimeException | InternalError | AssertionError e) {
            throw Damage.of(
                    options.name(),
                    "block " + nextLsn + " cannot be reached",
                    generation.directory().toString(),
                    0,
                    e);
        }
        if (!open.moveTo(state.index().documentIndex(nextLsn))) {
            MillraceException damage = damaged(open, "is missing");
            open.close();
            throw damage;
        }
        cursor = open;
        openLsn = generation.firstLsn();
        return open;
    }

    private @Nullable String problem(byte[] found) {
        if (BlockCodec.lsn(found) != nextLsn) {
            return "is not there, but block " + BlockCodec.lsn(found);
        }
        if (nextRow >= 0 && BlockCodec.firstRow(found) != nextRow) {
            return "begins at row " + BlockCodec.firstRow(found) + " instead of " + nextRow;
        }
        return BlockCodec.schemaId(found) == schemaId ? null : "has other columns";
    }

    private MillraceException damaged(BlockCursor open, String problem) {
        Object file = open.file() == null ? open.generation().directory() : open.file();
        MillraceException damage =
                Damage.of(options.name(), "block " + nextLsn + " " + problem, "" + file, open.position(), open.cause());
        if (open == cursor) {
            closeCursor(); // the next call finds its place anew
        }
        return damage;
    }

    @Override
    public long nextLsn() {
        return nextLsn;
    }

    @Override
    public long lsn() {
        return BlockCodec.lsn(block);
    }

    @Override
    public long firstRow() {
        return BlockCodec.firstRow(block);
    }

    @Override
    public int bytes() {
        return BlockCodec.length(block);
    }

    @Override
    public long appendTime() {
        return BlockCodec.appendTime(block);
    }

    @Override
    public long minTime() {
        return BlockCodec.minTime(block);
    }

    @Override
    public long maxTime() {
        return BlockCodec.maxTime(block);
    }

    @Override
    public long watermarkBefore() {
        return BlockCodec.watermarkBefore(block);
    }

    @Override
    public long watermarkAfter() {
        return BlockCodec.watermarkAfter(block);
    }

    @Override
    public Batch block() {
        return batch;
    }

    @Override
    public void close() {
        closeCursor();
        state.retained().end(this);
    }

    private void closeCursor() {
        openLsn = Long.MAX_VALUE;
        BlockCursor open = cursor;
        cursor = null;
        if (open != null) {
            open.close();
        }
    }
}
