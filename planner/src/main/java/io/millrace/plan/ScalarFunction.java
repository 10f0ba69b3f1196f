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
    /** The logarithms: an error unless the number is positive. */
    LN,
    LOG2,
    LOG10,
    /** (base, value). */
    LOG,
    CBRT,

    // trigonometry: of angles in radians; names that end in _DEGREES: in degrees
    SIN,
    COS,
    TAN,
    COT,
    SEC,
    CSC,
    ASIN,
    ACOS,
    ATAN,
    /** (y, x). */
    ATAN2,
    SINH,
    COSH,
    TANH,
    COTH,
    SECH,
    CSCH,
    ASINH,
    ACOSH,
    ATANH,
    SIN_DEGREES,
    COS_DEGREES,
    TAN_DEGREES,
    ASIN_DEGREES,
    ACOS_DEGREES,
    ATAN_DEGREES,
    DEGREES,
    RADIANS,

    // bits of integers and of byte strings
    BIT_AND,
    BIT_OR,
    BIT_XOR,
    BIT_NOT,
    /** How many bits are 1. */
    BIT_COUNT,
    /** (value, count): the count is taken modulo the type's width; if it is negative, the bits move down. */
    SHIFT_LEFT,
    GCD,
    LCM,
    FACTORIAL,
    /** (value, low, high, count): 0 below, count + 1 above. */
    WIDTH_BUCKET,

    // conditional
    /** (condition, result, condition, result, …, otherwise). */
    CASE,
    COALESCE,
    /** NULLs are skipped. */
    GREATEST,
    /** NULLs are skipped. */
    LEAST,

    /** Converts to the call's type; a value that does not fit is an error. */
    CAST,
    /** As CAST, but NULL when there is no such value. */
    TRY_CAST,

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
    /** (value, delimiter, number from 1): NULL when there are fewer parts; an empty value has none. */
    SPLIT_ITEM,
    /** (value, delimiter): how many parts there are. */
    SPLIT_COUNT,
    TRANSLATE,
    /** (separator, value, …): NULL values are skipped, a NULL separator gives NULL. */
    CONCAT_WS,
    SOUNDEX,
    /** How many of the four characters of SOUNDEX agree. */
    DIFFERENCE,
    LEVENSHTEIN,
    /** Of an integer, or of bytes. */
    TO_HEX,
    FROM_HEX,
    TO_BASE64,
    FROM_BASE64,
    /** The digests, of a string or of bytes, as hexadecimal digits. */
    MD5,
    SHA1,
    SHA256,
    SHA512,
    CRC32,

    // regular expressions, as RE2 has them
    /** (value, pattern [, flags]): whether the pattern occurs. */
    REGEXP_LIKE,
    /** (value, pattern [, from]). */
    REGEXP_COUNT,
    /** (value, pattern [, from [, occurrence [, 0 = its start, 1 = after its end]]]): 0 when absent. */
    REGEXP_INSTR,
    /** (value, pattern [, from [, occurrence]]): the group, if the pattern has one; NULL when absent. */
    REGEXP_SUBSTR,
    /** (value, pattern, replacement [, flags]) or (value, pattern, replacement, from [, occurrence [, flags]]). */
    REGEXP_REPLACE,
    /** (value, pattern [, escape]): the whole value, by the standard's patterns. */
    SIMILAR_TO,

    // arrays
    /** (element, …): NULLs are elements, too. */
    ARRAY,
    /** (array, number from 1): NULL when there is none. */
    ARRAY_ELEMENT,
    /** How many elements an array has. */
    CARDINALITY,
    /** (the name of a comparison, value, array): three-valued, as ORs of the comparisons with the elements. */
    ARRAY_ANY,
    /** The same, as ANDs. */
    ARRAY_ALL,

    // date and time; the unit is a VARCHAR constant: MILLENNIUM, CENTURY, DECADE, YEAR, ISOYEAR, QUARTER, MONTH, WEEK,
    // DAY, DOW, ISODOW, DOY, HOUR, MINUTE, SECOND, MILLISECOND, MICROSECOND, EPOCH, EPOCH_MILLISECOND,
    // EPOCH_MICROSECOND
    /** (unit, value): a BIGINT. */
    EXTRACT,
    /** (value, unit). */
    FLOOR_TO,
    /** (value, unit). */
    CEIL_TO,
    /** (unit, from, to): the whole units between, a negative number when {@code to} is earlier. */
    DATETIME_DIFFERENCE,
    LAST_DAY,
    DAYNAME,
    MONTHNAME,
    /** (later, earlier): the time between in words, as in "1 year 2 mons 3 days 04:05:06". */
    AGE,
    /** (value, format). */
    TO_CHAR,
    /** (value, format). */
    TO_DATE,
    /** (value, format). */
    TO_TIMESTAMP,
    /** (year, month, day). */
    MAKE_DATE,
    /** (hour, minute, second). */
    MAKE_TIME,
    /** (year, month, day, hour, minute, second). */
    MAKE_TIMESTAMP,
    /** No arguments: the time of the step, the same for all its rows; of a bounded query, the time when it began. */
    CURRENT_TIMESTAMP,
    /** The position at which the query reads: the number of the last step of the views. */
    READ_POSITION
}
