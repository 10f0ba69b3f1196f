package io.millrace.executor.state;

import java.util.concurrent.atomic.AtomicLong;

/** The memory that all queries may hold together, and each of them. Thread-safe. */
public final class MemoryBudget {
    private final long perQuery;
    private final long total;
    private final AtomicLong used = new AtomicLong();

    /**
     * @param perQuery bytes that one query may hold
     * @param total bytes that all may hold
     */
    public MemoryBudget(long perQuery, long total) {
        this.perQuery = perQuery;
        this.total = total;
    }

    /** The memory of a query that begins. */
    public QueryMemory open() {
        return new QueryMemory(this);
    }

    /** Bytes held by all queries. */
    public long usedBytes() {
        return used.get();
    }

    /** Bytes that all queries may hold. */
    public long totalBytes() {
        return total;
    }

    long perQuery() {
        return perQuery;
    }

    long total() {
        return total;
    }

    /** Returns the bytes held by all after the change. */
    long add(long bytes) {
        return used.addAndGet(bytes);
    }
}
