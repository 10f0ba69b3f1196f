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
            entry(SqlKind.MINUS_PREFIX, ScalarFunction.NEGATE),
            entry(SqlKind.CASE, ScalarFunction.CASE),
            entry(SqlKind.COALESCE, ScalarFunction.COALESCE)));

    private static final Map<String, ScalarFunction> BY_NAME = Map.ofEntries(
            entry("ABS", ScalarFunction.ABS),
            entry("SIGN", ScalarFunction.SIGN),
            entry("CEIL", ScalarFunction.CEIL),
            entry("FLOOR", ScalarFunction.FLOOR),
            entry("ROUND", ScalarFunction.ROUND),
            entry("TRUNCATE", ScalarFunction.TRUNCATE),
            entry("TRUNC", ScalarFunction.TRUNCATE),
            entry("POWER", ScalarFunction.POWER),
            entry("POW", ScalarFunction.POWER),
            entry("SQRT", ScalarFunction.SQRT),
            entry("EXP", ScalarFunction.EXP),
            entry("LN", ScalarFunction.LN),
            entry("LOG10", ScalarFunction.LOG10),
            entry("GREATEST", ScalarFunction.GREATEST),
            entry("LEAST", ScalarFunction.LEAST),
            entry("LIKE", ScalarFunction.LIKE),
            entry("ILIKE", ScalarFunction.ILIKE),
            entry("UPPER", ScalarFunction.UPPER),
            entry("LOWER", ScalarFunction.LOWER),
            entry("INITCAP", ScalarFunction.INITCAP),
            entry("CHAR_LENGTH", ScalarFunction.CHAR_LENGTH),
            entry("CHARACTER_LENGTH", ScalarFunction.CHAR_LENGTH),
            entry("LENGTH", ScalarFunction.CHAR_LENGTH),
            entry("OCTET_LENGTH", ScalarFunction.OCTET_LENGTH),
            entry("SUBSTRING", ScalarFunction.SUBSTRING),
            entry("SUBSTR", ScalarFunction.SUBSTRING),
            entry("||", ScalarFunction.CONCAT),
            entry("CONCAT", ScalarFunction.CONCAT_SKIP_NULL),
            entry("POSITION", ScalarFunction.POSITION),
            entry("REPLACE", ScalarFunction.REPLACE),
            entry("OVERLAY", ScalarFunction.OVERLAY),
            entry("LEFT", ScalarFunction.LEFT),
            entry("RIGHT", ScalarFunction.RIGHT),
            entry("LPAD", ScalarFunction.LPAD),
            entry("RPAD", ScalarFunction.RPAD),
            entry("REPEAT", ScalarFunction.REPEAT),
            entry("REVERSE", ScalarFunction.REVERSE),
            entry("STARTS_WITH", ScalarFunction.STARTS_WITH),
            entry("STARTSWITH", ScalarFunction.STARTS_WITH),
            entry("ENDS_WITH", ScalarFunction.ENDS_WITH),
            entry("ENDSWITH", ScalarFunction.ENDS_WITH),
            entry("CONTAINS", ScalarFunction.CONTAINS),
            entry("ASCII", ScalarFunction.ASCII),
            entry("CHR", ScalarFunction.CHR),
            entry("SPLIT_PART", ScalarFunction.SPLIT_PART),
            entry("TRANSLATE", ScalarFunction.TRANSLATE),
            entry("TRANSLATE3", ScalarFunction.TRANSLATE),
            entry("CURRENT_TIMESTAMP", ScalarFunction.CURRENT_TIMESTAMP),
            entry("LOCALTIMESTAMP", ScalarFunction.CURRENT_TIMESTAMP),
            entry("NOW", ScalarFunction.CURRENT_TIMESTAMP));

    private OperatorMap() {}

    static @Nullable ScalarFunction function(SqlOperator operator) {
        ScalarFunction byKind = BY_KIND.get(operator.getKind());
        return byKind != null ? byKind : BY_NAME.get(operator.getName().toUpperCase(Locale.ROOT));
    }
}
