package io.millrace.plan;

/** The scalar functions that plans may call. NULL in, NULL out, unless a comment says otherwise. */
public enum ScalarFunction {
    // comparison
    EQUALS,
    NOT_EQUALS,
    LESS,
    LESS_OR_EQUAL,
    GREATER,
    GREATER_OR_EQUAL,
    /** Never NULL. */
    IS_DISTINCT_FROM,
    /** Never NULL. */
    IS_NOT_DISTINCT_FROM,
    /** (value, constant, constant, …): three-valued, as SQL's IN. */
    IN,

    // three-valued logic; AND and OR take two or more arguments
    AND,
    OR,
    NOT,
    IS_NULL,
    IS_NOT_NULL,
    IS_TRUE,
    IS_NOT_TRUE,
    IS_FALSE,
    IS_NOT_FALSE,

    // arithmetic; overflow is an error
    /** Also timestamp, date or time plus interval, interval plus interval. */
    ADD,
    /** Also timestamp minus interval, timestamp minus timestamp (an interval). */
    SUBTRACT,
    /** Also interval times integer. */
    MULTIPLY,
    DIVIDE,
    MODULO,
    NEGATE,
    ABS,
    SIGN,
    CEIL,
    FLOOR,
    /** (value [, digits]). */
    ROUND,
    /** (value [, digits]). */
    TRUNCATE,
    POWER,
    SQRT,
    EXP,
    LN,
    LOG10,

    // conditional
    /** (condition, result, condition, result, …, otherwise). */
    CASE,
    COALESCE,
    GREATEST,
    LEAST,

    /** Converts to the call's type; a value that does not fit is an error. */
    CAST,

    // strings; positions and lengths count characters
    /** (value, pattern [, escape]). */
    LIKE,
    /** As LIKE, without regard to case. */
    ILIKE,
    UPPER,
    LOWER,
    INITCAP,
    /** (value, characters to remove): both ends. */
    TRIM,
    LTRIM,
    RTRIM,
    CHAR_LENGTH,
    OCTET_LENGTH,
    /** (value, from [, length]). */
    SUBSTRING,
    /** The operator ||: NULL if any is NULL. */
    CONCAT,
    /** The function CONCAT(…): NULLs are skipped. */
    CONCAT_SKIP_NULL,
    /** (needle, haystack [, from]): 0 when absent. */
    POSITION,
    REPLACE,
    /** (value, replacement, from [, length]). */
    OVERLAY,
    LEFT,
    RIGHT,
    LPAD,
    RPAD,
    REPEAT,
    REVERSE,
    STARTS_WITH,
    ENDS_WITH,
    CONTAINS,
    ASCII,
    CHR,
    /** (value, delimiter, number from 1). */
    SPLIT_PART,
    TRANSLATE,

    // date and time; the unit is a VARCHAR constant: YEAR, QUARTER, MONTH, WEEK, DAY, DOW, DOY, HOUR, MINUTE, SECOND,
    // MILLISECOND, EPOCH
    /** (unit, value): a BIGINT. */
    EXTRACT,
    /** (value, unit). */
    FLOOR_TO,
    /** (value, unit). */
    CEIL_TO,
    /** No arguments: the time of the step, the same for all its rows; of a bounded query, the time when it began. */
    CURRENT_TIMESTAMP
}
