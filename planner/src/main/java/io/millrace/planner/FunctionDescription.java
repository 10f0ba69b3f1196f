package io.millrace.planner;

/**
 * A function that statements may call.
 *
 * @param name in upper case
 * @param signature how a call is written, in one line; what stands in brackets may be left out
 */
public record FunctionDescription(String name, Kind kind, Family family, String signature) {
    /** What a function is computed from. */
    public enum Kind {
        /** The values of one row. */
        SCALAR,
        /** The rows of a group. */
        AGGREGATE,
        /** A relation, to whose rows it adds windows. */
        TABLE
    }

    /** What a function is about. */
    public enum Family {
        NUMBERS,
        STRINGS,
        REGULAR_EXPRESSIONS,
        DATES_AND_TIMES,
        ARRAYS,
        CONDITIONS,
        AGGREGATES,
        WINDOWS
    }
}
