package io.millrace.executor;

/**
 * A running query, for SHOW QUERIES.
 *
 * @param started microseconds since the epoch
 * @param position the row number of the log up to which it has read
 * @param rows given so far
 */
public record QueryStatus(
        long id, boolean continuous, String sql, String client, long started, long position, long rows) {}
