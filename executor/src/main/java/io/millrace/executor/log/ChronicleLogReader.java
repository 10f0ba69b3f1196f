package io.millrace.executor.log;

import io.millrace.error.MillraceException;
import io.millrace.executor.column.Batch;
import org.jspecify.annotations.Nullable;

/** Reads a {@link ChronicleLog}: each block is copied into one buffer, checked, and decoded from there. */
final class ChronicleLogReader implements LogReader {
    private final LogState state;
    private final LogOptions options;
    private final int schemaId;
    private final BlockBatch batch;

    private byte[] block = new byte[64 << 10];
    private @Nullable BlockCursor cursor;
    private long nextLsn;
    private long nextRow = -1;

    ChronicleLogReader(LogState state, LogOptions options, long lsn) {
        this.state = state;
        this.options = options;
        this.schemaId = BlockEncoder.schemaId(options.columnTypes());
        this.batch = new BlockBatch(options.columnTypes());
        this.nextLsn = lsn;
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
        BlockCursor open = cursor();
        BlockCursor.Found found = open.next();
        if (found == BlockCursor.Found.NOTHING && open.moveTo(state.index().documentIndex(nextLsn))) {
            found = open.next(); // in a file that the cursor did not know
        }
        if (found != BlockCursor.Found.BLOCK) {
            throw damaged(open, open.problem());
        }
        check(open);
        block = open.block();
        nextLsn++;
        nextRow = firstRow() + BlockCodec.rowCount(block);
        batch.show(block);
    }

    private BlockCursor cursor() {
        Generation generation = state.generation(nextLsn);
        BlockCursor open = cursor;
        if (open != null && open.generation() == generation) {
            return open;
        }
        close();
        try {
            open = new BlockCursor(generation, block);
        } catch (RuntimeException | InternalError | AssertionError e) {
            MillraceException damage = Damage.of(
                    options.name(),
                    "block " + nextLsn + " cannot be reached",
                    generation.directory().toString(),
                    0,
                    e);
            state.noteDamage(damage);
            throw damage;
        }
        if (!open.moveTo(state.index().documentIndex(nextLsn))) {
            MillraceException damage = damaged(open, "is missing");
            open.close();
            throw damage;
        }
        cursor = open;
        return open;
    }

    private void check(BlockCursor open) {
        byte[] found = open.block();
        if (BlockCodec.lsn(found) != nextLsn) {
            throw damaged(open, "is not there, but block " + BlockCodec.lsn(found));
        }
        if (nextRow >= 0 && BlockCodec.firstRow(found) != nextRow) {
            throw damaged(open, "begins at row " + BlockCodec.firstRow(found) + " instead of " + nextRow);
        }
        if (BlockCodec.schemaId(found) != schemaId) {
            throw damaged(open, "has other columns");
        }
    }

    private MillraceException damaged(BlockCursor open, String problem) {
        Object file = open.file() == null ? open.generation().directory() : open.file();
        MillraceException damage =
                Damage.of(options.name(), "block " + nextLsn + " " + problem, "" + file, open.position(), open.cause());
        state.noteDamage(damage);
        if (open == cursor) {
            close(); // the next call finds its place anew
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
        BlockCursor open = cursor;
        cursor = null;
        if (open != null) {
            open.close();
        }
    }
}
