package io.millrace.executor.metrics;

/**
 * What one operator of a query has done.
 *
 * @param rowsIn taken so far; what it gave is what the next operator took
 */
public record OperatorMetrics(String operator, long rowsIn, long batchesIn) {}
