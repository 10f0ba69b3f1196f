package io.millrace.executor.dataflow;

import io.millrace.error.MillraceException;
import io.millrace.executor.circuit.BlockReader;
import io.millrace.executor.circuit.OpenStream;
import io.millrace.executor.circuit.PinnedStream;
import io.millrace.executor.circuit.Pipeline;
import io.millrace.executor.table.ChangeReader;
import io.millrace.executor.table.OpenTable;
import io.millrace.executor.table.PinnedTable;

/** Reads the log of a stream or a table, block by block, for any number of pipelines. For one thread at a time. */
interface LogTap extends AutoCloseable {
    /** Moves to the next block below {@code endLsn}; false when there is none. */
    boolean next(long endLsn);

    /** The block that {@link #next} will read. */
    long nextLsn();

    /** The size, in the log, of the block that was read. */
    int bytes();

    /** Gives the block to a pipeline. */
    void feed(Pipeline pipeline);

    @Override
    void close();

    /** @param lsn of the first block that is wanted */
    static LogTap of(OpenStream stream, long lsn) {
        return new StreamTap(new BlockReader(stream, lsn));
    }

    /** @param lsn of the first block that is wanted */
    static LogTap of(OpenTable table, long lsn) {
        return new TableTap(table.changes(lsn));
    }

    /** What reads on in a log where a cut is. */
    static LogTap of(Cut cut, long id) {
        PinnedStream stream = cut.streams().get(id);
        if (stream != null) {
            return of(stream.stream(), stream.endLsn());
        }
        PinnedTable table = cut.tables().get(id);
        if (table == null) {
            throw MillraceException.internal("there is no log " + id);
        }
        return of(table.table(), table.endLsn());
    }

    /** Of a stream: with the watermarks of each row. */
    record StreamTap(BlockReader reader) implements LogTap {
        @Override
        public boolean next(long endLsn) {
            return reader.next(endLsn);
        }

        @Override
        public long nextLsn() {
            return reader.nextLsn();
        }

        @Override
        public int bytes() {
            return reader.bytes();
        }

        @Override
        public void feed(Pipeline pipeline) {
            pipeline.consume(reader);
        }

        @Override
        public void close() {
            reader.close();
        }
    }

    /** Of a table: rows that come and go. */
    record TableTap(ChangeReader reader) implements LogTap {
        @Override
        public boolean next(long endLsn) {
            return reader.next(endLsn);
        }

        @Override
        public long nextLsn() {
            return reader.nextLsn();
        }

        @Override
        public int bytes() {
            return reader.bytes();
        }

        @Override
        public void feed(Pipeline pipeline) {
            pipeline.pushScan(reader.changes());
        }

        @Override
        public void close() {
            reader.close();
        }
    }
}
