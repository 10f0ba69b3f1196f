package io.millrace.executor.table;

import io.millrace.error.ErrorCode;
import io.millrace.error.MillraceException;
import java.util.concurrent.atomic.AtomicLong;

/** The memory that all tables hold together, and its limit. Thread-safe. */
public final class TableMemory {
    private final long limit;
    private final AtomicLong used = new AtomicLong();

    /** @param limit bytes */
    public TableMemory(long limit) {
        this.limit = limit;
    }

    public long usedBytes() {
        return used.get();
    }

    /** Tells that a table holds more, or less. */
    void add(long bytes) {
        used.addAndGet(bytes);
    }

    /** Fails when a table that has taken rows holds too much with all others; then it must give them back. */
    void check(String table) {
        if (used.get() > limit) {
            throw new MillraceException(
                            ErrorCode.OUT_OF_MEMORY,
                            "no room for table \"" + table + "\": all tables together need more than their limit of "
                                    + (limit >> 20) + " MB of memory")
                    .withHint("Delete rows or drop tables, or raise the server's setting tables.memory.");
        }
    }
}
