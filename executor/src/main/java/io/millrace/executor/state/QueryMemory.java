package io.millrace.executor.state;

import io.millrace.error.ErrorCode;
import io.millrace.error.Limit;
import io.millrace.error.MillraceException;
import io.millrace.executor.work.QueryScope;

/** What one query holds of the budget. For one thread at a time. */
public final class QueryMemory implements QueryScope.Memory, AutoCloseable {
    public static final String QUERY_MEMORY = "query.memory";
    public static final String TOTAL_MEMORY = "query.total-memory";

    private final MemoryBudget budget;
    private long state;
    private long scratch;

    QueryMemory(MemoryBudget budget) {
        this.budget = budget;
    }

    /**
     * Tells what the query's state takes now.
     *
     * @throws MillraceException OUT_OF_MEMORY when it is too much: the query must end
     */
    public void hold(long bytes) {
        reserve(bytes - state);
        state = bytes;
    }

    /**
     * Tells that the query's buffers have grown, or shrunk.
     *
     * @throws MillraceException OUT_OF_MEMORY when it is too much: the query must end
     */
    @Override
    public void grow(long bytes) {
        reserve(bytes);
        scratch += bytes;
    }

    /** For work that keeps all that it allocates, until it is closed. */
    @Override
    public void count(long more) {
        grow(more);
    }

    /** Counts a change, unless it is refused: who asks for too much must not take the others' room until it has ended. */
    private void reserve(long change) {
        long all = budget.add(change);
        long held = state + scratch + change;
        if (change > 0 && held > budget.perQuery()) {
            budget.add(-change);
            throw new MillraceException(
                            ErrorCode.OUT_OF_MEMORY,
                            "the query needs more than its limit of " + megabytes(budget.perQuery()) + " MB of memory")
                    .withHint("Narrow the query. " + Limit.hint(QUERY_MEMORY));
        }
        if (change > 0 && all > budget.totalFor(held)) {
            budget.add(-change);
            throw new MillraceException(
                            ErrorCode.OUT_OF_MEMORY,
                            "all queries together need more than their limit of " + megabytes(budget.totalBytes())
                                    + " MB of memory; this one holds " + megabytes(held) + " MB")
                    .withHint("End other queries (SHOW QUERIES, KILL QUERY). " + Limit.hint(TOTAL_MEMORY));
        }
    }

    /** Tells what is left of a query that has ended: what its reader has not fetched. */
    public void keep(long bytes) {
        budget.add(bytes - state - scratch);
        state = bytes;
        scratch = 0;
    }

    /** Gives everything back. */
    @Override
    public void close() {
        keep(0);
    }

    private static long megabytes(long bytes) {
        return bytes >> 20;
    }
}
