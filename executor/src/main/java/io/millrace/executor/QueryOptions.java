package io.millrace.executor;

/**
 * What the engine is told about a query besides its plan.
 *
 * @param sql for SHOW QUERIES
 * @param client for SHOW QUERIES
 * @param maxRows the query ends after so many rows; 0: no limit
 * @param timeoutNanos after which the query fails with 57014; 0: never
 */
public record QueryOptions(String sql, String client, long maxRows, long timeoutNanos) {}
