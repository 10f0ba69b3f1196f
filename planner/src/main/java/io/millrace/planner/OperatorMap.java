package io.millrace.planner;

import static java.util.Map.entry;

import io.millrace.plan.ScalarFunction;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlOperator;
import org.jspecify.annotations.Nullable;

/** Which of the plan's functions an operator is; those that need their arguments rearranged are not here. */
final class OperatorMap {
    private static final Map<SqlKind, ScalarFunction> BY_KIND = new EnumMap<>(Map.ofEntries(
            entry(SqlKind.EQUALS, ScalarFunction.EQUALS),
            entry(SqlKind.NOT_EQUALS, ScalarFunction.NOT_EQUALS),
            entry(SqlKind.LESS_THAN, ScalarFunction.LESS),
            entry(SqlKind.LESS_THAN_OR_EQUAL, ScalarFunction.LESS_OR_EQUAL),
            entry(SqlKind.GREATER_THAN, ScalarFunction.GREATER),
            entry(SqlKind.GREATER_THAN_OR_EQUAL, ScalarFunction.GREATER_OR_EQUAL),
            entry(SqlKind.IS_DISTINCT_FROM, ScalarFunction.IS_DISTINCT_FROM),
            entry(SqlKind.IS_NOT_DISTINCT_FROM, ScalarFunction.IS_NOT_DISTINCT_FROM),
            entry(SqlKind.AND, ScalarFunction.AND),
            entry(SqlKind.OR, ScalarFunction.OR),
            entry(SqlKind.NOT, ScalarFunction.NOT),
            entry(SqlKind.IS_NULL, ScalarFunction.IS_NULL),
            entry(SqlKind.IS_NOT_NULL, ScalarFunction.IS_NOT_NULL),
            entry(SqlKind.IS_UNKNOWN, ScalarFunction.IS_NULL),
            entry(SqlKind.IS_TRUE, ScalarFunction.IS_TRUE),
            entry(SqlKind.IS_NOT_TRUE, ScalarFunction.IS_NOT_TRUE),
            entry(SqlKind.IS_FALSE, ScalarFunction.IS_FALSE),
            entry(SqlKind.IS_NOT_FALSE, ScalarFunction.IS_NOT_FALSE),
            entry(SqlKind.PLUS, ScalarFunction.ADD),
            entry(SqlKind.MINUS, ScalarFunction.SUBTRACT),
            entry(SqlKind.TIMES, ScalarFunction.MULTIPLY),
            entry(SqlKind.DIVIDE, ScalarFunction.DIVIDE),
            entry(SqlKind.MOD, ScalarFunction.MODULO),
            entry(SqlKind.CHECKED_PLUS, ScalarFunction.ADD),
            entry(SqlKind.CHECKED_MINUS, ScalarFunction.SUBTRACT),
            entry(SqlKind.CHECKED_TIMES, ScalarFunction.MULTIPLY),
            entry(SqlKind.CHECKED_DIVIDE, ScalarFunction.DIVIDE),
            entry(SqlKind.MINUS_PREFIX, ScalarFunction.NEGATE),
            entry(SqlKind.CHECKED_MINUS_PREFIX, ScalarFunction.NEGATE),
            entry(SqlKind.CASE, ScalarFunction.CASE),
            entry(SqlKind.COALESCE, ScalarFunction.COALESCE)));

    /** Calcite's own operators that share a kind with others. */
    private static final Map<String, ScalarFunction> BY_NAME = Map.ofEntries(
            entry("ABS", ScalarFunction.ABS),
            entry("SIGN", ScalarFunction.SIGN),
            entry("CEIL", ScalarFunction.CEIL),
            entry("FLOOR", ScalarFunction.FLOOR),
            entry("BITAND", ScalarFunction.BIT_AND),
            entry("&", ScalarFunction.BIT_AND),
            entry("BITOR", ScalarFunction.BIT_OR),
            entry("BITXOR", ScalarFunction.BIT_XOR),
            entry("^", ScalarFunction.BIT_XOR),
            entry("BITNOT", ScalarFunction.BIT_NOT),
            entry("BITCOUNT", ScalarFunction.BIT_COUNT),
            entry("BIT_COUNT", ScalarFunction.BIT_COUNT),
            entry("LEFTSHIFT", ScalarFunction.SHIFT_LEFT),
            entry("<<", ScalarFunction.SHIFT_LEFT),
            entry("LIKE", ScalarFunction.LIKE),
            entry("ILIKE", ScalarFunction.ILIKE),
            entry("SIMILAR TO", ScalarFunction.SIMILAR_TO),
            entry("RLIKE", ScalarFunction.REGEXP_LIKE),
            entry("POSIX REGEX CASE SENSITIVE", ScalarFunction.REGEXP_LIKE),
            entry("POSIX REGEX CASE INSENSITIVE", ScalarFunction.REGEXP_LIKE),
            entry("NEGATED POSIX REGEX CASE SENSITIVE", ScalarFunction.REGEXP_LIKE),
            entry("NEGATED POSIX REGEX CASE INSENSITIVE", ScalarFunction.REGEXP_LIKE),
            entry("UPPER", ScalarFunction.UPPER),
            entry("LOWER", ScalarFunction.LOWER),
            entry("INITCAP", ScalarFunction.INITCAP),
            entry("CHAR_LENGTH", ScalarFunction.CHAR_LENGTH),
            entry("CHARACTER_LENGTH", ScalarFunction.CHAR_LENGTH),
            entry("SUBSTRING", ScalarFunction.SUBSTRING),
            entry("||", ScalarFunction.CONCAT),
            entry("POSITION", ScalarFunction.POSITION),
            entry("OVERLAY", ScalarFunction.OVERLAY),
            entry("STARTSWITH", ScalarFunction.STARTS_WITH),
            entry("ENDSWITH", ScalarFunction.ENDS_WITH),
            entry("TRANSLATE3", ScalarFunction.TRANSLATE),
            entry("LAST_DAY", ScalarFunction.LAST_DAY),
            entry("$TIMESTAMPDIFF", ScalarFunction.DATETIME_DIFFERENCE),
            entry("SAFE_CAST", ScalarFunction.TRY_CAST),
            entry("TRY_CAST", ScalarFunction.TRY_CAST),
            entry("CURRENT_TIMESTAMP", ScalarFunction.CURRENT_TIMESTAMP),
            entry("LOCALTIMESTAMP", ScalarFunction.CURRENT_TIMESTAMP),
            entry("NOW", ScalarFunction.CURRENT_TIMESTAMP),
            entry("MR_POSITION", ScalarFunction.READ_POSITION));

    private OperatorMap() {}

    static @Nullable ScalarFunction function(SqlKind kind) {
        return BY_KIND.get(kind);
    }

    static @Nullable ScalarFunction function(SqlOperator operator) {
        if (operator instanceof OwnFunction own) {
            return own.function();
        }
        ScalarFunction byKind = BY_KIND.get(operator.getKind());
        return byKind != null ? byKind : BY_NAME.get(operator.getName().toUpperCase(Locale.ROOT));
    }
}
