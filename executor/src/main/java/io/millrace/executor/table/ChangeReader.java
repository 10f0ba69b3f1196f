package io.millrace.executor.table;

import io.millrace.executor.column.Batch;
import io.millrace.executor.column.Column;
import io.millrace.executor.column.LongColumn;
import io.millrace.executor.column.Selection;
import io.millrace.executor.log.LogReader;
import org.jspecify.annotations.Nullable;

/** Reads the changes of a table from its log. For one thread at a time. */
public final class ChangeReader implements AutoCloseable {
    private final LogReader reader;
    private final int weightColumn;

    ChangeReader(LogReader reader, int weightColumn) {
        this.reader = reader;
        this.weightColumn = weightColumn;
    }

    /** Moves to the next block below {@code endLsn}; false when there is none. */
    public boolean next(long endLsn) {
        return reader.next(endLsn);
    }

    /** The number of the block that {@link #next} will read. */
    public long nextLsn() {
        return reader.nextLsn();
    }

    /** The size of the block in the log. */
    public int bytes() {
        return reader.bytes();
    }

    /** The rows of the block with their weights; valid until the next call of {@link #next}. */
    public Batch changes() {
        Batch block = reader.block();
        return new Changes(block, ((LongColumn) block.column(weightColumn)).values());
    }

    @Override
    public void close() {
        reader.close();
    }

    @SuppressWarnings("ArrayRecordComponent") // valid during a call, and never compared
    private record Changes(Batch block, long[] weights) implements Batch {
        @Override
        public int rowCount() {
            return block.rowCount();
        }

        @Override
        public Column column(int index) {
            return block.column(index);
        }

        @Override
        public @Nullable Selection selection() {
            return block.selection();
        }
    }
}
