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
import java.util.Set;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.sql.fun.SqlTrimFunction;

/** Calls whose operands have been translated; see {@link OperatorMap} for the simple ones. */
final class CallTranslator {
    private static final Set<String> UNITS = Set.of(
            "YEAR",
            "QUARTER",
            "MONTH",
            "WEEK",
            "DAY",
            "DOW",
            "DOY",
            "HOUR",
            "MINUTE",
            "SECOND",
            "MILLISECOND",
            "EPOCH");

    Expression translate(RexCall call, List<Expression> operands) {
        DataType type = ExpressionTranslator.resultType(call.getType());
        String name = call.getOperator().getName().toUpperCase(Locale.ROOT);
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
            case "STRPOS":
                return Call.of(ScalarFunction.POSITION, type, operands.get(1), operands.get(0));
            case "CURRENT_DATE":
            case "CURRENT_TIME":
            case "LOCALTIME":
                return Coercions.explicitCast(now(), type);
            case "REINTERPRET":
                throw MillraceException.notSupported(
                        "this arithmetic with intervals", Positions.start(call.getParserPosition()));
            default:
                return mapped(call, operands, type);
        }
    }

    private static Expression now() {
        return Call.of(ScalarFunction.CURRENT_TIMESTAMP, DataType.timestamp(3).notNull());
    }

    private Expression mapped(RexCall call, List<Expression> operands, DataType type) {
        ScalarFunction function = OperatorMap.function(call.getOperator());
        if (function == null) {
            throw MillraceException.notSupported(
                    "function \"" + call.getOperator().getName().toLowerCase(Locale.ROOT) + "\"",
                    Positions.start(call.getParserPosition()));
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
            case POWER:
            case SQRT:
            case EXP:
            case LN:
            case LOG10:
                return new Call(function, castAll(operands, DataType.of(Kind.DOUBLE)), type);
            case COALESCE:
            case GREATEST:
            case LEAST:
                return new Call(function, castAll(operands, type), type);
            case CURRENT_TIMESTAMP:
                return now();
            case CONCAT:
            case CONCAT_SKIP_NULL:
                return new Call(
                        function,
                        castAll(operands, DataType.varchar()),
                        DataType.varchar().withNullable(type.nullable()));
            case LIKE:
            case ILIKE:
                return new Call(function, castAll(operands, DataType.varchar()), type);
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
        if (!(operands.get(0) instanceof Constant constant) || !(constant.value() instanceof String text)) {
            throw new MillraceException(ErrorCode.INVALID_PARAMETER, "the unit of DATE_TRUNC must be a string literal")
                    .withHint("Write for example DATE_TRUNC('hour', ts).");
        }
        Expression value = operands.get(1);
        DataType result = value.type().withNullable(type.nullable());
        return Call.of(ScalarFunction.FLOOR_TO, result, value, ExpressionTranslator.text(unit(text, "DATE_TRUNC")));
    }

    private static String unit(RexCall call, int operand) {
        RexLiteral flag = (RexLiteral) call.getOperands().get(operand);
        return unit(
                Objects.requireNonNull(flag.getValueAs(Enum.class)).name(),
                call.getOperator().getName());
    }

    private static String unit(String text, String function) {
        String unit = text.toUpperCase(Locale.ROOT);
        if (UNITS.contains(unit)) {
            return unit;
        }
        throw new MillraceException(
                        ErrorCode.NOT_SUPPORTED, "unit \"" + text + "\" of " + function + " is not supported")
                .withHint(
                        "Units are year, quarter, month, week, day, dow, doy, hour, minute, second, millisecond, epoch.");
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
