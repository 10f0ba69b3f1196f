package io.millrace.plan;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntUnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * An aggregate over one input column, or over a column of values and a second one, in an order.
 *
 * @param argument the input column; null for COUNT(*)
 * @param second for LISTAGG the input column of what stands before a value that is not the first, null when nothing does;
 *     for ARG_MIN and ARG_MAX that of what is compared; for APPROX_PERCENTILE that of the fraction, the same in all rows; null for all others
 * @param order for LISTAGG and ARRAY_AGG of input columns; what it leaves open is ordered by the values, NULL last, then by
 *     the separators
 * @param filter a BOOLEAN input column: only rows where it is true count; null for all
 * @param distinct whether equal values count once
 * @param type of the result: COUNT BIGINT; SUM BIGINT for integers, DECIMAL(38, s) for DECIMAL(p, s), DOUBLE for REAL
 *     and DOUBLE; AVG DECIMAL for DECIMAL, else DOUBLE, and so for the variances; LISTAGG VARCHAR; ARRAY_AGG an ARRAY of the argument's type; APPROX_COUNT_DISTINCT
 *     BIGINT and APPROX_PERCENTILE DOUBLE; the others the argument's type
 */
public record AggregateCall(
        AggregateFunction function,
        @Nullable Integer argument,
        @Nullable Integer second,
        List<SortKey> order,
        @Nullable Integer filter,
        boolean distinct,
        DataType type) {
    public AggregateCall {
        order = List.copyOf(order);
    }

    public AggregateCall(
            AggregateFunction function,
            @Nullable Integer argument,
            @Nullable Integer filter,
            boolean distinct,
            DataType type) {
        this(function, argument, null, List.of(), filter, distinct, type);
    }

    public AggregateCall(
            AggregateFunction function, @Nullable Integer argument, @Nullable Integer filter, DataType type) {
        this(function, argument, filter, false, type);
    }

    /** The input columns that it reads. */
    public List<Integer> columns() {
        List<Integer> columns = new ArrayList<>();
        order.forEach(key -> columns.add(key.column()));
        for (Integer column : new @Nullable Integer[] {argument, second, filter}) {
            if (column != null) {
                columns.add(column);
            }
        }
        return columns;
    }

    /** The same over an input in which the columns have other places. */
    public AggregateCall mapped(IntUnaryOperator places) {
        return new AggregateCall(
                function,
                mapped(argument, places),
                mapped(second, places),
                order.stream()
                        .map(key -> new SortKey(places.applyAsInt(key.column()), key.descending(), key.nullsFirst()))
                        .toList(),
                mapped(filter, places),
                distinct,
                type);
    }

    private static @Nullable Integer mapped(@Nullable Integer column, IntUnaryOperator places) {
        return column == null ? null : Integer.valueOf(places.applyAsInt(column));
    }
}
