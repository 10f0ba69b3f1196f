package io.millrace.executor.work;

import io.millrace.error.ErrorCode;
import io.millrace.error.MillraceException;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The query for which the current thread works, from {@link #enter} until it is closed. Kernels that may run long ask it
 * whether to go on, and whatever grows large tells it before it grows: so a query ends in the middle of a batch, and
 * before the heap does. Work that belongs to no query is asked nothing.
 */
public final class QueryScope implements AutoCloseable {
    private static final ThreadLocal<QueryScope> CURRENT = new ThreadLocal<>();

    /** Rows between two questions of a loop over rows: few enough for the longest values, and many for short ones. */
    private static final int ROWS_MASK = 63;

    /** What may have been allocated before the query's memory is counted again. */
    private static final long UNCOUNTED_BYTES = 8L << 20;

    private final BooleanSupplier isEnded;
    private final Memory memory;
    private final @Nullable QueryScope outer;

    private long uncounted;

    /** The memory of a query. */
    public interface Memory {
        /** Buffers that live as long as the query have grown, or shrunk; throws when there is no room. */
        void grow(long bytes);

        /** About {@code more} bytes have been allocated, or are about to be; throws when there is no room. */
        void count(long more);
    }

    private QueryScope(BooleanSupplier isEnded, Memory memory) {
        this.isEnded = isEnded;
        this.memory = memory;
        outer = CURRENT.get();
    }

    /** Works for a query until the scope is closed, on this thread. */
    public static QueryScope enter(BooleanSupplier isEnded, Memory memory) {
        QueryScope scope = new QueryScope(isEnded, memory);
        CURRENT.set(scope);
        return scope;
    }

    /** Asks whether to go on; to be called after every few milliseconds of work. */
    public static void check() {
        QueryScope scope = CURRENT.get();
        if (scope != null && scope.isEnded.getAsBoolean()) {
            throw new MillraceException(ErrorCode.CANCELLED, "the query has ended");
        }
    }

    /** As {@link #check}, now and then: for loops over rows whose values may be long. */
    public static void checkRow(int row) {
        if ((row & ROWS_MASK) == 0) {
            check();
        }
    }

    /** Scratch memory of the query has grown, or shrunk. */
    public static void grow(long bytes) {
        QueryScope scope = CURRENT.get();
        if (scope != null) {
            scope.memory.grow(bytes);
        }
    }

    /** Memory is about to be allocated that becomes part of what the query holds. */
    public static void allocate(long bytes) {
        QueryScope scope = CURRENT.get();
        if (scope == null) {
            return;
        }
        scope.uncounted += bytes;
        if (scope.uncounted > UNCOUNTED_BYTES) {
            long more = scope.uncounted;
            scope.uncounted = 0;
            scope.memory.count(more);
            check();
        }
    }

    @Override
    public void close() {
        if (outer == null) {
            CURRENT.remove();
        } else {
            CURRENT.set(outer);
        }
    }
}
