package io.millrace.executor.metrics;

import java.util.List;

/**
 * What a query has done so far.
 *
 * @param position the row number of the log up to which it has read
 * @param lateRows that its windows ignored
 * @param stateBytes held after the last step
 * @param steps that had input
 * @param longestStepNanos of them
 * @param operators from the source on
 */
public record QueryMetrics(
        long position,
        long rowsIn,
        long rowsOut,
        long lateRows,
        long stateBytes,
        long steps,
        long stepNanos,
        long longestStepNanos,
        List<OperatorMetrics> operators) {
    public QueryMetrics {
        operators = List.copyOf(operators);
    }

    /** Of a query that only passes on what another has computed. */
    public static QueryMetrics ofRows(long position, long rowsOut) {
        return new QueryMetrics(position, rowsOut, rowsOut, 0, 0, 0, 0, 0, List.of());
    }
}
