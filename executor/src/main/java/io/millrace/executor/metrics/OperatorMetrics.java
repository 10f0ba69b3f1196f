package io.millrace.executor.metrics;

/**
 * What one input of an operator has done; most operators have one.
 *
 * @param rowsIn taken so far
 * @param rowsOut given so far by the operator, whichever input they come from
 * @param busyNanos spent in the operator, without those downstream
 * @param stateBytes held when it was last measured
 */
public record OperatorMetrics(
        String operator, long batchesIn, long rowsIn, long rowsOut, long busyNanos, long stateBytes) {
    /** Both together, of operators of the same name. */
    OperatorMetrics plus(OperatorMetrics other) {
        return new OperatorMetrics(
                operator,
                batchesIn + other.batchesIn,
                rowsIn + other.rowsIn,
                rowsOut + other.rowsOut,
                busyNanos + other.busyNanos,
                stateBytes + other.stateBytes);
    }

    /** After its query has ended it holds nothing. */
    OperatorMetrics ended() {
        return new OperatorMetrics(operator, batchesIn, rowsIn, rowsOut, busyNanos, 0);
    }
}
