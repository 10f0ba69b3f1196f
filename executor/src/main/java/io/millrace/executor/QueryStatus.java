package io.millrace.executor;

import io.millrace.executor.metrics.QueryMetrics;

/**
 * A running query.
 *
 * @param started microseconds since the epoch
 * @param metrics what it has done so far
 */
public record QueryStatus(long id, boolean continuous, String sql, String client, long started, QueryMetrics metrics) {}
