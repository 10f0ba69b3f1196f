package io.millrace.plan;

import org.jspecify.annotations.Nullable;

/**
 * An aggregate over one input column.
 *
 * @param argument the input column; null for COUNT(*)
 * @param filter a BOOLEAN input column: only rows where it is true count; null for all
 * @param distinct whether equal values count once
 * @param type of the result: COUNT BIGINT; SUM BIGINT for integers, DECIMAL(38, s) for DECIMAL(p, s), DOUBLE for REAL
 *     and DOUBLE; AVG DECIMAL for DECIMAL, else DOUBLE, and so for the variances; the others the
 *     argument's type
 */
public record AggregateCall(
        AggregateFunction function,
        @Nullable Integer argument,
        @Nullable Integer filter,
        boolean distinct,
        DataType type) {
    public AggregateCall(
            AggregateFunction function, @Nullable Integer argument, @Nullable Integer filter, DataType type) {
        this(function, argument, filter, false, type);
    }

    /** Whether the result over some rows can be had from the results over their parts. */
    public boolean isMergeable() {
        return !distinct && function.isMergeable();
    }
}
