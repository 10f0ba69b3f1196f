package io.millrace.executor.circuit;

/**
 * What a query is known by, and its limits.
 *
 * @param streamId of the stream it reads; -1 when it reads none
 * @param started microseconds since the epoch
 * @param maxRows 0: no limit
 * @param timeoutNanos 0: none
 * @param deadlineNanos by the monotonic clock; meaningless without a timeout
 */
public record QueryDescription(
        long id,
        long streamId,
        String sql,
        String client,
        long started,
        long maxRows,
        long timeoutNanos,
        long deadlineNanos) {}
