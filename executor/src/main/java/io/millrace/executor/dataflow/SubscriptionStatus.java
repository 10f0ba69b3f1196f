package io.millrace.executor.dataflow;

/**
 * How a subscription is.
 *
 * @param viewId that it follows; negative for a query that is computed for it alone
 * @param started microseconds since the epoch
 * @param position up to which everything has been given out
 * @param waitingRows changes that wait for the reader
 * @param conflations how often what waited became its net changes
 * @param stateBytes of the query that is computed for it alone
 */
public record SubscriptionStatus(
        long queryId,
        long viewId,
        String sql,
        String client,
        long started,
        long position,
        long waitingRows,
        long conflations,
        long rowsOut,
        long stateBytes) {}
