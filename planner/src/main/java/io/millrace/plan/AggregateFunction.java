package io.millrace.plan;

/** The aggregate functions that plans may call. NULLs do not count, unless a comment says otherwise. */
public enum AggregateFunction {
    /** Without an argument: rows; with one: its non-null values. */
    COUNT,
    SUM,
    AVG,
    MIN,
    MAX,
    VAR_POP,
    VAR_SAMP,
    STDDEV_POP,
    STDDEV_SAMP,
    BIT_AND,
    BIT_OR,
    BIT_XOR,
    /** The value of the one row, NULL or not, NULL over no row; a second row is an error. */
    SINGLE_VALUE,
    /** The values one after the other, in an order, with a separator before each but the first. */
    LISTAGG,
    /** The values, NULLs too, as an ARRAY in an order. */
    ARRAY_AGG,
    /**
     * The value, NULL or not, of the row where the second column is least; of the rows where that is NULL none counts. Where
     * several are the least, the least value.
     */
    ARG_MIN,
    /** The same with greatest for least. */
    ARG_MAX,
    /** About how many different values. */
    APPROX_COUNT_DISTINCT,
    /** About the least of the values that is no less than a fraction of them. */
    APPROX_PERCENTILE;

    /** Whether the result over some rows can be had from the results over their parts. */
    public boolean isMergeable() {
        return this != SINGLE_VALUE;
    }

    /** Whether the values that came are kept with how often they did, so that it tells equal ones itself. */
    public boolean keepsValues() {
        return this == LISTAGG || this == ARRAY_AGG;
    }

    /** Whether rows can be taken away from the result over some rows. */
    public boolean isRetractable() {
        return this != APPROX_COUNT_DISTINCT && this != APPROX_PERCENTILE;
    }
}
