package io.millrace.plan;

/** The aggregate functions that plans may call. */
public enum AggregateFunction {
    /** Without an argument: rows; with one: its non-null values. */
    COUNT,
    SUM,
    AVG,
    MIN,
    MAX
}
