package io.millrace.planner;

import io.millrace.error.ErrorCode;
import io.millrace.error.MillraceException;
import io.millrace.parser.ast.Positions;
import io.millrace.plan.Call;
import io.millrace.plan.Constant;
import io.millrace.plan.DataType;
import io.millrace.plan.DataType.Kind;
import io.millrace.plan.Expression;
import io.millrace.plan.ScalarFunction;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.fun.SqlTrimFunction;

/** Calls whose operands have been translated; see {@link OperatorMap} for the simple ones. */
final class CallTranslator {
    private static final List<String> UNITS = List.of(
            "MILLENNIUM",
            "CENTURY",
            "DECADE",
            "YEAR",
            "ISOYEAR",
            "QUARTER",
            "MONTH",
            "WEEK",
            "DAY",
            "DOW",
            "ISODOW",
            "DOY",
            "HOUR",
            "MINUTE",
            "SECOND",
            "MILLISECOND",
            "MICROSECOND",
            "EPOCH");

    Expression translate(RexCall call, List<Expression> operands) {
        String name = call.getOperator().getName().toUpperCase(Locale.ROOT);
        Rewrites.refuse(name, Positions.start(call.getParserPosition()));
        DataType type = ExpressionTranslator.resultType(call.getType());
        switch (name) {
            case "TRIM":
                return trim(call, operands, type);
            case "LTRIM":
            case "RTRIM":
            case "BTRIM":
                return trim(name, operands, type);
            case "EXTRACT":
                return Call.of(ScalarFunction.EXTRACT, type, ExpressionTranslator.text(unit(call, 0)), operands.get(1));
            case "$DATE_TRUNC":
                return truncated(operands, type);
            case "DATE_PART":
                return Call.of(
                        ScalarFunction.EXTRACT,
                        type,
                        ExpressionTranslator.text(unit(operands.get(0), name)),
                        operands.get(1));
            case "TIMESTAMP_TRUNC":
            case "DATETIME_TRUNC":
            case "TIME_TRUNC":
                return rounded(ScalarFunction.FLOOR, call, operands, type);
            case "$TIMESTAMPDIFF":
                return difference(operands, type);
            case "CURRENT_DATE":
            case "CURRENT_TIME":
            case "LOCALTIME":
                return Coercions.explicitCast(now(), type);
            case "REINTERPRET":
                throw MillraceException.notSupported(
                        "this arithmetic with intervals", Positions.start(call.getParserPosition()));
            default:
                Expression rewritten = Rewrites.rewrite(name, operands, type);
                return rewritten == null ? mapped(call, operands, type) : rewritten;
        }
    }

    static Expression now() {
        return Call.of(ScalarFunction.CURRENT_TIMESTAMP, DataType.timestamp(3).notNull());
    }

    private Expression mapped(RexCall call, List<Expression> operands, DataType type) {
        ScalarFunction function = OperatorMap.function(call.getOperator());
        if (function == null) {
            throw MillraceException.notSupported(
                    "function \"" + call.getOperator().getName().toLowerCase(Locale.ROOT) + "\"",
                    Positions.start(call.getParserPosition()));
        }
        if (call.getOperator() instanceof OwnFunction own && own.arguments() != null) {
            return new Call(function, castAll(operands, own.arguments()), type);
        }
        switch (function) {
            case EQUALS:
            case NOT_EQUALS:
            case LESS:
            case LESS_OR_EQUAL:
            case GREATER:
            case GREATER_OR_EQUAL:
            case IS_DISTINCT_FROM:
            case IS_NOT_DISTINCT_FROM:
                return Comparisons.compare(function, operands.get(0), operands.get(1), type);
            case ADD:
            case SUBTRACT:
            case MULTIPLY:
            case DIVIDE:
            case MODULO:
                return Arithmetic.binary(function, operands.get(0), operands.get(1), type);
            case FLOOR:
            case CEIL:
                return call.getOperands().size() == 2
                        ? rounded(function, call, operands, type)
                        : unary(function, operands, type);
            case NEGATE:
                return negate(operands.get(0), type);
            case BIT_AND:
            case BIT_OR:
            case BIT_XOR:
            case BIT_NOT:
            case COALESCE:
            case GREATEST:
            case LEAST:
                return new Call(function, castAll(operands, type), type);
            case CURRENT_TIMESTAMP:
                return now();
            case CONCAT:
                if (operands.stream().anyMatch(operand -> operand.type().isArray())) {
                    throw MillraceException.notSupported("|| of arrays", Positions.start(call.getParserPosition()));
                }
                return new Call(
                        function,
                        castAll(operands, DataType.varchar()),
                        DataType.varchar().withNullable(type.nullable()));
            case LIKE:
            case ILIKE:
            case SIMILAR_TO:
                return new Call(function, castAll(operands, DataType.varchar()), type);
            case REGEXP_LIKE:
                return regularExpression(call, operands, type);
            case TRY_CAST:
                return Conversions.tryCast(operands.get(0), type);
            case TO_TIMESTAMP:
                return operands.size() == 1 ? fromEpoch(operands.get(0), type) : new Call(function, operands, type);
            default:
                return new Call(function, operands, type);
        }
    }

    private static Expression unary(ScalarFunction function, List<Expression> operands, DataType type) {
        return Call.of(function, type, operands.get(0));
    }

    private static Expression negate(Expression operand, DataType type) {
        if (operand instanceof Constant constant
                && constant.value() instanceof Long number
                && number != Long.MIN_VALUE) {
            return new Constant(-number, constant.type());
        }
        if (operand instanceof Constant constant && constant.value() instanceof java.math.BigDecimal number) {
            return new Constant(number.negate(), constant.type());
        }
        if (operand instanceof Constant constant && constant.value() instanceof Double number) {
            return new Constant(-number, constant.type());
        }
        return Call.of(ScalarFunction.NEGATE, type, Coercions.cast(operand, type));
    }

    private static List<Expression> castAll(List<Expression> operands, DataType type) {
        List<Expression> cast = new ArrayList<>(operands.size());
        operands.forEach(operand -> cast.add(Coercions.cast(operand, type)));
        return cast;
    }

    private static Expression rounded(ScalarFunction function, RexCall call, List<Expression> operands, DataType type) {
        ScalarFunction to = function == ScalarFunction.FLOOR ? ScalarFunction.FLOOR_TO : ScalarFunction.CEIL_TO;
        return Call.of(to, type, operands.get(0), ExpressionTranslator.text(unit(call, 1)));
    }

    private static Expression truncated(List<Expression> operands, DataType type) {
        Expression value = operands.get(1);
        DataType result = value.type().withNullable(type.nullable());
        String unit = unit(operands.get(0), "DATE_TRUNC");
        return Call.of(ScalarFunction.FLOOR_TO, result, value, ExpressionTranslator.text(unit));
    }

    /** Both points in time as one type. */
    private static Expression difference(List<Expression> operands, DataType type) {
        Expression from = operands.get(1);
        Expression to = operands.get(2);
        DataType common = Coercions.common(from.type(), to.type());
        if (common == null) {
            throw new MillraceException(
                    ErrorCode.TYPE_MISMATCH, "no difference between " + from.type() + " and " + to.type());
        }
        String unit = unit(operands.get(0), "TIMESTAMPDIFF");
        return Call.of(
                ScalarFunction.DATETIME_DIFFERENCE,
                type,
                ExpressionTranslator.text(unit),
                Coercions.cast(from, common),
                Coercions.cast(to, common));
    }

    /** RLIKE and the operators with a tilde are REGEXP_LIKE; Calcite has put a negated RLIKE under a NOT already. */
    private static Expression regularExpression(RexCall call, List<Expression> operands, DataType type) {
        List<Expression> texts = castAll(operands, DataType.varchar());
        if (call.getKind() == SqlKind.POSIX_REGEX_CASE_INSENSITIVE) {
            texts.add(ExpressionTranslator.text("i"));
        }
        Call matches = new Call(ScalarFunction.REGEXP_LIKE, texts, type);
        boolean negated = call.getOperator().getName().startsWith("NEGATED");
        return negated ? Call.of(ScalarFunction.NOT, type, matches) : matches;
    }

    /** Seconds since 1970, as a timestamp. */
    private static Expression fromEpoch(Expression seconds, DataType type) {
        DataType interval = DataType.of(Kind.INTERVAL_DAY_TIME);
        Expression since = Call.of(
                ScalarFunction.MULTIPLY,
                interval.withNullable(type.nullable()),
                new Constant(1_000_000L, interval.notNull()),
                seconds);
        return Call.of(ScalarFunction.ADD, type, new Constant(0L, type.notNull()), since);
    }

    private static String unit(Expression operand, String function) {
        if (operand instanceof Constant constant && constant.value() instanceof String text) {
            return unit(text.strip(), function);
        }
        throw new MillraceException(
                        ErrorCode.INVALID_PARAMETER, "the unit of " + function + " must be a string literal")
                .withHint("Write for example " + function + "('hour', ts).");
    }

    private static String unit(RexCall call, int operand) {
        RexLiteral flag = (RexLiteral) call.getOperands().get(operand);
        return unit(
                Objects.requireNonNull(flag.getValueAs(Enum.class)).name(),
                call.getOperator().getName());
    }

    private static String unit(String text, String function) {
        String unit = text.toUpperCase(Locale.ROOT);
        String singular = unit.equals("CENTURIES")
                ? "CENTURY"
                : unit.equals("MILLENNIA")
                        ? "MILLENNIUM"
                        : unit.endsWith("S") ? unit.substring(0, unit.length() - 1) : unit;
        if (UNITS.contains(singular)) {
            return singular;
        }
        throw new MillraceException(
                        ErrorCode.NOT_SUPPORTED, "unit \"" + text + "\" of " + function + " is not supported")
                .withHint("Units are " + String.join(", ", UNITS).toLowerCase(Locale.ROOT) + ".");
    }

    private static Expression trim(RexCall call, List<Expression> operands, DataType type) {
        RexLiteral literal = (RexLiteral) call.getOperands().get(0);
        SqlTrimFunction.Flag flag = Objects.requireNonNull(literal.getValueAs(SqlTrimFunction.Flag.class));
        ScalarFunction function = flag == SqlTrimFunction.Flag.LEADING
                ? ScalarFunction.LTRIM
                : flag == SqlTrimFunction.Flag.TRAILING ? ScalarFunction.RTRIM : ScalarFunction.TRIM;
        return Call.of(function, type, operands.get(2), operands.get(1));
    }

    private static Expression trim(String name, List<Expression> operands, DataType type) {
        ScalarFunction function = name.equals("BTRIM") ? ScalarFunction.TRIM : ScalarFunction.valueOf(name);
        Expression characters = operands.size() > 1 ? operands.get(1) : ExpressionTranslator.text(" ");
        return Call.of(function, type, operands.get(0), characters);
    }
}
