package io.millrace.executor.circuit;

import io.millrace.error.ErrorCode;
import io.millrace.error.Limit;
import io.millrace.error.MillraceException;
import io.millrace.executor.metrics.OperatorMetrics;
import io.millrace.executor.metrics.OperatorTotals;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** The running queries, by number. Thread-safe. */
public final class QueryRegistry {
    /** The setting of how long a continuous query may work without a pause. */
    public static final String STEP_TIME = "limits.step-time";

    private final AtomicLong ids = new AtomicLong();
    private final ConcurrentSkipListMap<Long, Query> queries = new ConcurrentSkipListMap<>();

    private final OperatorTotals totals = new OperatorTotals();

    public long nextId() {
        return ids.incrementAndGet();
    }

    public void add(Query query) {
        queries.put(query.description().id(), query);
    }

    public void remove(Query query) {
        synchronized (totals) {
            if (queries.remove(query.description().id()) != null) {
                totals.add(query.metrics());
            }
        }
    }

    /** What operators have done in all queries until now, by the operator's name. */
    public List<OperatorMetrics> operatorTotals() {
        synchronized (totals) {
            return totals.with(queries.values().stream().map(Query::metrics).toList());
        }
    }

    public @Nullable Query find(long id) {
        Query query = queries.get(id);
        return query == null || query.result().isEnded() ? null : query;
    }

    /** Oldest first. */
    public List<Query> running() {
        return queries.values().stream()
                .filter(query -> !query.result().isEnded())
                .toList();
    }

    /** The lowest end of a window that the watermark of a stream closes; {@code Long.MAX_VALUE} when none is open. */
    public long nextWindowEnd(long streamId) {
        return queries.values().stream()
                .filter(query -> query.description().streams().contains(streamId)
                        && !query.result().isEnded())
                .mapToLong(Query::nextWindowEnd)
                .min()
                .orElse(Long.MAX_VALUE);
    }

    /** Ends the queries on a stream; returns when none of them reads its log. */
    public void abortOn(long streamId, MillraceException cause) {
        abort(
                queries.values().stream()
                        .filter(query -> query.description().streams().contains(streamId))
                        .toList(),
                cause);
    }

    public void abortAll(MillraceException cause) {
        abort(List.copyOf(queries.values()), cause);
    }

    private static void abort(Collection<Query> aborted, MillraceException cause) {
        aborted.forEach(query -> query.result().abort(cause));
        aborted.forEach(Query::leave);
    }

    /**
     * Ends the queries whose time is over.
     *
     * @param stepNanos that a continuous query may work without a pause
     * @return the nanoseconds until the next is; {@code Long.MAX_VALUE} when none has a limit
     */
    long expire(long nowNanos, long stepNanos) {
        long next = Long.MAX_VALUE;
        for (Query query : queries.values()) {
            if (query.busyNanos() > stepNanos) {
                query.result().cancel(heldUpOthers(stepNanos));
            }
            QueryDescription description = query.description();
            if (description.timeoutNanos() <= 0 || query.result().isEnded()) {
                continue;
            }
            long left = description.deadlineNanos() - nowNanos;
            if (left > 0) {
                next = Math.min(next, left);
            } else {
                query.result()
                        .cancel(new MillraceException(
                                ErrorCode.TIMED_OUT, "query timed out after " + duration(description.timeoutNanos())));
            }
        }
        return next;
    }

    private static MillraceException heldUpOthers(long stepNanos) {
        return Limit.exceeded(
                        ErrorCode.LIMIT_EXCEEDED,
                        "the query has held up the other continuous queries for too long",
                        duration(stepNanos),
                        STEP_TIME,
                        null)
                .withHint("Make it cheaper for each row. " + Limit.hint(STEP_TIME));
    }

    private static String duration(long nanos) {
        long millis = nanos / 1_000_000;
        return millis % 1_000 == 0 ? millis / 1_000 + " s" : millis + " ms";
    }
}
