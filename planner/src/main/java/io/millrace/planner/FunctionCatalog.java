package io.millrace.planner;

import io.millrace.planner.FunctionDescription.Family;
import io.millrace.planner.FunctionDescription.Kind;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** All functions by name, for metadata, completion and documentation. Operators such as + and LIKE are not in it. */
public final class FunctionCatalog {
    private static final String NUMBERS = """
            ABS(x)
            ACOS(x)
            ACOSD(x)
            ACOSH(x)
            ASIN(x)
            ASIND(x)
            ASINH(x)
            ATAN(x)
            ATAN2(y, x)
            ATAND(x)
            ATANH(x)
            BITAND(a, b)
            BITCOUNT(x)
            BITNOT(x)
            BITOR(a, b)
            BITXOR(a, b)
            BIT_COUNT(x)
            CBRT(x)
            CEIL(x)
            CEILING(x)
            COS(x)
            COSD(x)
            COSH(x)
            COT(x)
            COTH(x)
            CSC(x)
            CSCH(x)
            DEGREES(x)
            DIV(a, b)
            EXP(x)
            FACTORIAL(n)
            FLOOR(x)
            GCD(a, b)
            LCM(a, b)
            LEFTSHIFT(x, n)
            LN(x)
            LOG([base,] x)
            LOG10(x)
            LOG2(x)
            MOD(a, b)
            PI()
            POW(x, y)
            POWER(x, y)
            RADIANS(x)
            ROUND(x [, digits])
            SEC(x)
            SECH(x)
            SIGN(x)
            SIN(x)
            SIND(x)
            SINH(x)
            SQRT(x)
            TAN(x)
            TAND(x)
            TANH(x)
            TRUNC(x [, digits])
            TRUNCATE(x [, digits])
            WIDTH_BUCKET(x, low, high, count)
            """;
    private static final String STRINGS = """
            ASCII(text)
            BIT_LENGTH(text)
            BTRIM(text [, characters])
            CHARACTER_LENGTH(text)
            CHAR_LENGTH(text)
            CHR(n)
            CONCAT(value, ...)
            CONCAT_WS(separator, value, ...)
            CRC32(text)
            DIFFERENCE(a, b)
            ENDS_WITH(text, suffix)
            ENDSWITH(text, suffix)
            FROM_BASE64(text)
            FROM_HEX(text)
            INITCAP(text)
            INSTR(text, part [, from])
            LCASE(text)
            LEFT(text, n)
            LENGTH(text)
            LEVENSHTEIN(a, b)
            LOCATE(part, text [, from])
            LOWER(text)
            LPAD(text, length [, pattern])
            LTRIM(text [, characters])
            MD5(text)
            OCTET_LENGTH(text)
            OVERLAY(text PLACING replacement FROM from [FOR length])
            POSITION(part IN text [FROM from])
            REPEAT(text, n)
            REPLACE(text, search, replacement)
            REVERSE(text)
            RIGHT(text, n)
            RPAD(text, length [, pattern])
            RTRIM(text [, characters])
            SHA1(text)
            SHA256(text)
            SHA512(text)
            SOUNDEX(text)
            SPACE(n)
            SPLIT(text, delimiter)[number]
            SPLIT_PART(text, delimiter, number)
            STARTS_WITH(text, prefix)
            STARTSWITH(text, prefix)
            STRPOS(text, part)
            SUBSTR(text, from [, length])
            SUBSTRING(text FROM from [FOR length])
            TO_BASE64(text)
            TO_HEX(value)
            TRANSLATE(text, from, to)
            TRANSLATE3(text, from, to)
            TRIM([BOTH | LEADING | TRAILING] [characters FROM] text)
            UCASE(text)
            UNICODE(text)
            UPPER(text)
            """;
    private static final String REGULAR_EXPRESSIONS = """
            REGEXP_CONTAINS(text, pattern)
            REGEXP_COUNT(text, pattern [, from])
            REGEXP_EXTRACT(text, pattern [, from [, occurrence]])
            REGEXP_INSTR(text, pattern [, from [, occurrence [, end]]])
            REGEXP_LIKE(text, pattern [, flags])
            REGEXP_REPLACE(text, pattern, replacement [, flags | from [, occurrence [, flags]]])
            REGEXP_SUBSTR(text, pattern [, from [, occurrence]])
            """;
    private static final String DATES_AND_TIMES = """
            AGE([later,] earlier)
            CURRENT_DATE
            CURRENT_TIME
            CURRENT_TIMESTAMP
            DATE(timestamp)
            DATE_ADD(date, interval)
            DATE_DIFF(to, from, unit)
            DATE_FROM_UNIX_DATE(days)
            DATE_PART('unit', datetime)
            DATE_SUB(date, interval)
            DATE_TRUNC('unit', datetime)
            DAYNAME(date)
            DAYOFMONTH(date)
            DAYOFWEEK(date)
            DAYOFYEAR(date)
            EXTRACT(unit FROM datetime)
            HOUR(datetime)
            LAST_DAY(date)
            LOCALTIME
            LOCALTIMESTAMP
            MAKE_DATE(year, month, day)
            MAKE_TIME(hour, minute, second)
            MAKE_TIMESTAMP(year, month, day, hour, minute, second)
            MINUTE(datetime)
            MONTH(date)
            MONTHNAME(date)
            NOW()
            QUARTER(date)
            SECOND(datetime)
            TIMESTAMPADD(unit, n, datetime)
            TIMESTAMPDIFF(unit, from, to)
            TIMESTAMP_ADD(timestamp, interval)
            TIMESTAMP_DIFF(to, from, unit)
            TIMESTAMP_MICROS(n)
            TIMESTAMP_MILLIS(n)
            TIMESTAMP_SECONDS(n)
            TIMESTAMP_SUB(timestamp, interval)
            TIMESTAMP_TRUNC(timestamp, unit)
            TO_CHAR(datetime, format)
            TO_DATE(text, format)
            TO_TIMESTAMP(text, format)
            UNIX_DATE(date)
            UNIX_MICROS(timestamp)
            UNIX_MILLIS(timestamp)
            UNIX_SECONDS(timestamp)
            WEEK(date)
            YEAR(date)
            """;
    private static final String ARRAYS = """
            ARRAY_CONTAINS(array, value)
            ARRAY_LENGTH(array)
            ARRAY_SIZE(array)
            CARDINALITY(array)
            """;
    private static final String CONDITIONS = """
            CAST(value AS type)
            COALESCE(value, ...)
            DECODE(value, search, result, ... [, otherwise])
            GREATEST(value, ...)
            IF(condition, value, otherwise)
            IFNULL(value, otherwise)
            IIF(condition, value, otherwise)
            LEAST(value, ...)
            MR_POSITION()
            NULLIF(a, b)
            NVL(value, otherwise)
            NVL2(value, present, absent)
            SAFE_CAST(value AS type)
            TRY_CAST(value AS type)
            TYPEOF(value)
            """;
    private static final String AGGREGATES = """
            ANY_VALUE(x)
            APPROX_COUNT_DISTINCT(x)
            APPROX_PERCENTILE([DISTINCT] x, fraction)
            ARG_MAX(x, y)
            ARG_MIN(x, y)
            ARRAY_AGG([DISTINCT] x [ORDER BY ...])
            AVG(x)
            BIT_AND(x)
            BIT_OR(x)
            BIT_XOR(x)
            BOOL_AND(condition)
            BOOL_OR(condition)
            COUNT([DISTINCT] x | *)
            EVERY(condition)
            GROUPING(key, ...)
            GROUPING_ID(key, ...)
            LISTAGG([DISTINCT] text [, separator]) [WITHIN GROUP (ORDER BY ...)]
            LOGICAL_AND(condition)
            LOGICAL_OR(condition)
            MAX(x)
            MAX_BY(x, y)
            MIN(x)
            MIN_BY(x, y)
            SOME(condition)
            STDDEV(x)
            STDDEV_POP(x)
            STDDEV_SAMP(x)
            STRING_AGG([DISTINCT] text [, separator] [ORDER BY ...])
            SUM([DISTINCT] x)
            VARIANCE(x)
            VAR_POP(x)
            VAR_SAMP(x)
            """;
    private static final String WINDOWS = """
            HOP(TABLE stream, DESCRIPTOR(time), slide, size)
            TUMBLE(TABLE stream, DESCRIPTOR(time), size)
            """;

    private static final List<FunctionDescription> FUNCTIONS = all();

    private FunctionCatalog() {}

    /** Ordered by name. */
    public static List<FunctionDescription> functions() {
        return FUNCTIONS;
    }

    private static List<FunctionDescription> all() {
        List<FunctionDescription> functions = new ArrayList<>();
        add(functions, Kind.SCALAR, Family.NUMBERS, NUMBERS);
        add(functions, Kind.SCALAR, Family.STRINGS, STRINGS);
        add(functions, Kind.SCALAR, Family.REGULAR_EXPRESSIONS, REGULAR_EXPRESSIONS);
        add(functions, Kind.SCALAR, Family.DATES_AND_TIMES, DATES_AND_TIMES);
        add(functions, Kind.SCALAR, Family.ARRAYS, ARRAYS);
        add(functions, Kind.SCALAR, Family.CONDITIONS, CONDITIONS);
        add(functions, Kind.AGGREGATE, Family.AGGREGATES, AGGREGATES);
        add(functions, Kind.TABLE, Family.WINDOWS, WINDOWS);
        functions.sort(Comparator.comparing(FunctionDescription::name));
        return List.copyOf(functions);
    }

    private static void add(List<FunctionDescription> functions, Kind kind, Family family, String signatures) {
        signatures.lines().forEach(signature -> {
            int end = signature.indexOf('(');
            String name = end < 0 ? signature : signature.substring(0, end);
            functions.add(new FunctionDescription(name, kind, family, signature));
        });
    }
}
