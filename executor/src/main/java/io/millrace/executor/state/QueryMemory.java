package io.millrace.executor.state;

import io.millrace.error.ErrorCode;
import io.millrace.error.MillraceException;

/** What one query holds of the budget. For one thread at a time. */
public final class QueryMemory implements AutoCloseable {
    private final MemoryBudget budget;
    private long held;

    QueryMemory(MemoryBudget budget) {
        this.budget = budget;
    }

    /**
     * Tells what the query holds now.
     *
     * @throws MillraceException OUT_OF_MEMORY when it is too much: the query must end
     */
    public void hold(long bytes) {
        long before = held;
        held = bytes;
        long all = budget.add(bytes - before);
        if (bytes > budget.perQuery()) {
            throw new MillraceException(
                            ErrorCode.OUT_OF_MEMORY,
                            "the query needs more than its limit of " + megabytes(budget.perQuery()) + " MB of memory")
                    .withHint("Narrow the query, or raise the server's setting query-memory.");
        }
        if (bytes > before && all > budget.total()) {
            throw new MillraceException(
                            ErrorCode.OUT_OF_MEMORY,
                            "all queries together need more than their limit of " + megabytes(budget.total())
                                    + " MB of memory; this one holds " + megabytes(bytes) + " MB")
                    .withHint("End other queries (SHOW QUERIES, KILL QUERY), or give the server a larger heap.");
        }
    }

    /** Tells what is left of a query that has ended: what its reader has not fetched. */
    public void keep(long bytes) {
        budget.add(bytes - held);
        held = bytes;
    }

    /** Gives everything back. */
    @Override
    public void close() {
        budget.add(-held);
        held = 0;
    }

    private static long megabytes(long bytes) {
        return bytes >> 20;
    }
}
