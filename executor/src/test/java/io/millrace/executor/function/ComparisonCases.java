package io.millrace.executor.function;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Expressions that Calcite's engine can compute too; {@code d0} is argument 0, a DOUBLE, and so on. What it gets wrong is
 * kept out: wrapped overflow, years beyond 9999, months between times of day, places behind the end of a text.
 */
final class ComparisonCases {
    private static final Map<Character, String> TYPES = Map.of(
            'd', "DOUBLE",
            'i', "INTEGER",
            'n', "SMALLINT",
            'y', "TINYINT",
            'l', "BIGINT",
            'm', "DECIMAL(10, 3)",
            's', "VARCHAR",
            'b', "BOOLEAN",
            't', "TIMESTAMP(3)",
            'e', "DATE");
    private static final Pattern ARGUMENT = Pattern.compile("\\b([dinylmsbte])(\\d)\\b");

    /** An expression over the columns c0, c1, … of some types. */
    record Case(String library, String expression, List<String> types) {}

    private static final String NUMBERS = """
            SIN(d0)
            COS(d0)
            TAN(d0)
            COT(d0)
            SEC(d0)
            CSC(d0)
            ASIN(d0)
            ACOS(d0)
            ATAN(d0)
            ATAN2(d0, d1)
            COSH(n0)
            SINH(n0)
            TANH(d0)
            COTH(n0)
            SECH(n0)
            CSCH(n0)
            ASINH(n0)
            DEGREES(d0)
            RADIANS(d0)
            SQRT(d0)
            CBRT(d0)
            EXP(n0)
            LN(d0)
            LOG10(d0)
            LOG(d0)
            LOG(10, d0)
            POWER(d0, n1)
            ABS(d0)
            ABS(l0)
            ABS(m0)
            SIGN(d0)
            SIGN(m0)
            SIGN(n0)
            CEIL(d0)
            CEIL(m0)
            FLOOR(d0)
            FLOOR(m0)
            ROUND(m0, 1)
            ROUND(m0)
            ROUND(n0, -1)
            TRUNCATE(m0, 2)
            TRUNCATE(d0, 0)
            MOD(i0, n1)
            MOD(l0, l1)
            n0 / n1
            ROUND(m0 / 7, 6)
            m0 * m1
            m0 - m1
            n0 + y1
            d0 * d1
            BITAND(i0, i1)
            BITOR(l0, l1)
            BITNOT(i0)
            BITCOUNT(i0)
            LEFTSHIFT(i0, n1)
            LEFTSHIFT(l0, n1)
            """;
    private static final String STRINGS = """
            UPPER(s0)
            LOWER(s0)
            INITCAP(TRANSLATE3(s0, 'Ääßéè', 'xxxxx'))
            CHAR_LENGTH(s0)
            TRIM(s0)
            TRIM(LEADING 'a' FROM s0)
            TRIM(BOTH ' ' FROM s0)
            LTRIM(s0)
            RTRIM(s0)
            LEFT(s0, n1)
            RIGHT(s0, n1)
            SUBSTRING(s0 FROM n1)
            SUBSTRING(s0 FROM n1 FOR n2)
            SUBSTR(s0, n1)
            REPEAT(s0, n1)
            REPLACE(s0, 'a', s1)
            REPLACE(s0, s1, 'xy')
            TRANSLATE3(s0, 'abc', s1)
            OVERLAY(s0 || 'abcdefghijklmnopqrstuvw' PLACING s1 FROM 2)
            OVERLAY(s0 || 'abc' PLACING s1 FROM 1 FOR 2)
            POSITION(s0 IN s1)
            POSITION('a' IN s0 FROM 2)
            STRPOS(s0, s1)
            STARTS_WITH(s0, s1)
            ASCII(s0)
            CONCAT(s0, s1)
            s0 || s1
            CONCAT_WS(s0, s1, s2)
            CONCAT_WS(',', s0, s1)
            SPLIT_PART(s0, 'b', n1)
            SPLIT_PART(s0, ',', 2)
            MD5(s0)
            SHA1(s0)
            SHA256(s0)
            SHA512(s0)
            s0 LIKE '%b%'
            s0 LIKE s1
            s0 SIMILAR TO '%(b|c)%'
            REGEXP_LIKE(s0, '[a-c]+.')
            REGEXP_LIKE(s0, 'B', 'i')
            REGEXP_REPLACE(s0, '[ab]', '#')
            REGEXP_REPLACE(s0, '[ab]', '#', 'g')
            REGEXP_REPLACE(s0, '([ab])(.)', '<\\2\\1>', 'g')
            """;
    private static final String DATES = """
            EXTRACT(MILLENNIUM FROM e0)
            EXTRACT(CENTURY FROM e0)
            EXTRACT(DECADE FROM e0)
            EXTRACT(YEAR FROM t0)
            EXTRACT(ISOYEAR FROM e0)
            EXTRACT(QUARTER FROM e0)
            EXTRACT(MONTH FROM e0)
            EXTRACT(WEEK FROM e0)
            EXTRACT(DAY FROM t0)
            EXTRACT(DOW FROM e0)
            EXTRACT(ISODOW FROM e0)
            EXTRACT(DOY FROM e0)
            EXTRACT(HOUR FROM t0)
            EXTRACT(MINUTE FROM t0)
            EXTRACT(SECOND FROM t0)
            EXTRACT(MILLISECOND FROM t0)
            EXTRACT(MICROSECOND FROM t0)
            DAYOFWEEK(e0)
            LAST_DAY(e0)
            FLOOR(e0 TO MONTH)
            FLOOR(e0 TO WEEK)
            FLOOR(e0 TO YEAR)
            FLOOR(e0 TO DECADE)
            FLOOR(e0 TO QUARTER)
            CEIL(e0 TO MONTH)
            CEIL(t0 TO DAY)
            FLOOR(t0 TO HOUR)
            FLOOR(t0 TO MINUTE)
            TIMESTAMPADD(MONTH, n1, e0)
            TIMESTAMPADD(DAY, n1, e0)
            TIMESTAMPADD(HOUR, n1, t0)
            TIMESTAMPDIFF(MONTH, e0, e1)
            TIMESTAMPDIFF(YEAR, e0, e1)
            TIMESTAMPDIFF(QUARTER, e0, e1)
            TIMESTAMPDIFF(DAY, e0, e1)
            TIMESTAMPDIFF(HOUR, t0, t1)
            t0 + INTERVAL '1' MONTH
            e0 - INTERVAL '1' YEAR
            TO_CHAR(t0, 'YYYY-MM-DD HH24:MI:SS.MS')
            TO_CHAR(t0, 'Mon DD FMMonth Dy FMDay DDD Q D')
            TO_CHAR(t0, 'HH12:MI am')
            AGE(e0, e1)
            """;
    private static final String CONDITIONS = """
            GREATEST(i0, i1, i2)
            LEAST(s0, s1)
            LEAST(d0, d1)
            COALESCE(s0, s1, 'x')
            NULLIF(n0, n1)
            CASE WHEN b0 THEN i1 ELSE i2 END
            b0 AND b1
            b0 OR NOT b1
            b0 IS NOT TRUE
            n0 IS NOT DISTINCT FROM n1
            n0 BETWEEN SYMMETRIC n1 AND n2
            n0 IN (1, n1, NULL)
            CAST(i0 AS SMALLINT)
            CAST(l0 AS INTEGER)
            CAST(m0 AS INTEGER)
            CAST(n0 AS DOUBLE)
            CAST(n0 AS DECIMAL(10, 2))
            CAST(i0 AS VARCHAR)
            CAST(m0 AS VARCHAR)
            CAST(b0 AS VARCHAR)
            CAST(b0 AS INTEGER)
            CAST(n0 AS BOOLEAN)
            CAST(m0 AS BOOLEAN)
            CAST(s0 AS VARCHAR(2))
            CAST(e0 AS TIMESTAMP(3))
            CAST(e0 AS VARCHAR)
            CAST(t0 AS DATE)
            """;

    private ComparisonCases() {}

    static List<Case> all() {
        List<Case> cases = new ArrayList<>();
        for (String block : List.of(NUMBERS, STRINGS, DATES, CONDITIONS)) {
            block.lines().forEach(line -> cases.add(of("standard,postgresql", line)));
        }
        cases.add(of("standard,hive", "LEVENSHTEIN(s0, s1)"));
        cases.add(of("standard,mysql", "TO_BASE64(s0)"));
        cases.add(of("standard,spark", "FACTORIAL(ABS(n0))"));
        cases.add(of("standard,bigquery", "REGEXP_SUBSTR(s0, '[ab]+')"));
        cases.add(of("standard,bigquery", "REGEXP_INSTR(s0, 'b')"));
        cases.add(of("standard,bigquery", "UNIX_MILLIS(TIMESTAMP_MILLIS(i0))"));
        return cases;
    }

    private static Case of(String library, String text) {
        String[] types = new String[10];
        int count = 0;
        StringBuilder expression = new StringBuilder();
        Matcher arguments = ARGUMENT.matcher(text);
        while (arguments.find()) {
            int index = Integer.parseInt(arguments.group(2));
            types[index] = TYPES.get(arguments.group(1).charAt(0));
            count = Math.max(count, index + 1);
            arguments.appendReplacement(expression, "c" + index);
        }
        arguments.appendTail(expression);
        return new Case(library, expression.toString(), Arrays.asList(types).subList(0, count));
    }
}
