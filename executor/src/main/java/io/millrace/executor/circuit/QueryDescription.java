package io.millrace.executor.circuit;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a query is known by, and its limits.
 *
 * @param streams the numbers of those it reads
 * @param started microseconds since the epoch
 * @param maxRows 0: no limit
 * @param timeoutNanos 0: none
 * @param deadlineNanos by the monotonic clock; meaningless without a timeout
 * @param resume where a continuous query goes on; null: it begins
 */
public record QueryDescription(
        long id,
        Set<Long> streams,
        String sql,
        String client,
        long started,
        long maxRows,
        long timeoutNanos,
        long deadlineNanos,
        @Nullable ResumePoint resume) {
    public QueryDescription {
        streams = Set.copyOf(streams);
    }
}
