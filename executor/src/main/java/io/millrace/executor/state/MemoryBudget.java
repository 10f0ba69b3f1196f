package io.millrace.executor.state;

import java.util.concurrent.atomic.AtomicLong;

/** The memory that all queries may hold together, and each of them. Thread-safe. */
public final class MemoryBudget {
    /** What a small query may hold, as a part of what all may hold. */
    private static final int SMALL_PART = 64;

    /** How far the small ones may go beyond what all may hold. */
    private static final int RESERVE_PART = 8;

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

    /**
     * Up to where all queries together may grow by one that holds so much. Small ones have a reserve: when a few large ones
     * have taken everything, it is one of these that ends when it grows, and not whoever comes next.
     */
    long totalFor(long held) {
        return held <= total / SMALL_PART ? total + total / RESERVE_PART : total;
    }

    /** Returns the bytes held by all after the change. */
    long add(long bytes) {
        return used.addAndGet(bytes);
    }
}
