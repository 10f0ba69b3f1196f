package io.millrace.executor;

import io.millrace.executor.circuit.ReadPosition;
import io.millrace.executor.circuit.ResumePoint;
import org.jspecify.annotations.Nullable;

/**
 * What the engine is told about a query besides its plan.
 *
 * @param sql for SHOW QUERIES
 * @param client for SHOW QUERIES
 * @param maxRows the query ends after so many rows; 0: no limit
 * @param timeoutNanos after which the query fails with 57014; 0: never
 * @param position at which a bounded query reads; null: with all that has been acknowledged
 * @param resume where a continuous query goes on; null: it begins
 */
public record QueryOptions(
        String sql,
        String client,
        long maxRows,
        long timeoutNanos,
        @Nullable ReadPosition position,
        @Nullable ResumePoint resume) {
    /** With all that has been acknowledged. */
    public QueryOptions(String sql, String client, long maxRows, long timeoutNanos) {
        this(sql, client, maxRows, timeoutNanos, null, null);
    }

    public QueryOptions at(@Nullable ReadPosition newPosition) {
        return new QueryOptions(sql, client, maxRows, timeoutNanos, newPosition, resume);
    }

    public QueryOptions resuming(@Nullable ResumePoint point) {
        return new QueryOptions(sql, client, maxRows, timeoutNanos, position, point);
    }
}
