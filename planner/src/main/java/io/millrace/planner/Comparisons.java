package io.millrace.planner;

import io.millrace.error.ErrorCode;
import io.millrace.error.MillraceException;
import io.millrace.plan.Call;
import io.millrace.plan.Constant;
import io.millrace.plan.DataType;
import io.millrace.plan.DataType.Kind;
import io.millrace.plan.Expression;
import io.millrace.plan.ScalarFunction;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * Comparisons between values of one kind; a constant goes to the right.
 *
 * <p>Trailing blanks of a CHAR do not count, nor do those of what it is compared with when that is a literal or a CHAR.
 */
final class Comparisons {
    private Comparisons() {}

    static Expression compare(ScalarFunction function, Expression left, Expression right, DataType type) {
        if (left instanceof Constant && !(right instanceof Constant)) {
            return compare(mirrored(function), right, left, type);
        }
        if (isPadded(left) || isPadded(right)) {
            return Call.of(function, type, withoutPadding(left), withoutPadding(right));
        }
        if (isWidened(left) && right instanceof Constant) {
            return compare(function, ((Call) left).arguments().get(0), right, type);
        }
        if (isMorePrecise(left)) {
            return compare(function, ((Call) left).arguments().get(0), right, type);
        }
        if (isMorePrecise(right)) {
            return compare(function, left, ((Call) right).arguments().get(0), type);
        }
        Expression narrowed = narrowed(right, left.type());
        if (narrowed != null) {
            return Call.of(function, type, left, narrowed);
        }
        DataType common = Coercions.common(left.type(), right.type());
        if (common == null) {
            throw new MillraceException(
                    ErrorCode.TYPE_MISMATCH, "cannot compare " + left.type() + " with " + right.type());
        }
        return Call.of(function, type, Coercions.cast(left, common), Coercions.cast(right, common));
    }

    /** A cast that changes no value, which the validator adds; without it the comparison is cheaper. */
    private static boolean isWidened(Expression value) {
        if (!(value instanceof Call call) || call.function() != ScalarFunction.CAST) {
            return false;
        }
        DataType from = call.arguments().get(0).type();
        DataType to = call.type();
        if (from.kind() == Kind.DECIMAL && to.kind() == Kind.DECIMAL) {
            return from.scale() == to.scale() && from.precision() <= to.precision();
        }
        return from.isInteger() && to.isInteger() && from.kind().compareTo(to.kind()) <= 0;
    }

    /** Timestamps of all precisions are microseconds. */
    private static boolean isMorePrecise(Expression value) {
        return value instanceof Call call
                && call.function() == ScalarFunction.CAST
                && call.type().isTimestamp()
                && call.arguments().get(0).type().kind() == call.type().kind()
                && call.arguments().get(0).type().precision() <= call.type().precision();
    }

    /** A constant that the other side's type holds exactly, in that type: so the column needs no cast. */
    private static @Nullable Expression narrowed(Expression right, DataType left) {
        if (!(right instanceof Constant constant) || constant.value() == null) {
            return null;
        }
        if (left.isInteger()
                && constant.value() instanceof Long number
                && constant.type().isInteger()
                && ConstantCasts.fits(number, left.kind())) {
            return new Constant(number, left.notNull());
        }
        boolean exact = constant.type().isInteger() || constant.type().kind() == Kind.DECIMAL;
        if (left.kind() == Kind.DECIMAL && exact) {
            BigDecimal number = new BigDecimal(constant.value().toString());
            boolean fits = number.stripTrailingZeros().scale() <= left.scale()
                    && number.precision() - number.scale() <= left.precision() - left.scale();
            return fits ? new Constant(number.setScale(left.scale()), left.notNull()) : null;
        }
        return null;
    }

    /** The validator may have cast a CHAR to VARCHAR already. */
    private static boolean isPadded(Expression value) {
        return value.type().kind() == Kind.CHAR
                || (value.type().kind() == Kind.VARCHAR
                        && value instanceof Call call
                        && call.function() == ScalarFunction.CAST
                        && call.arguments().get(0).type().kind() == Kind.CHAR);
    }

    private static Expression withoutPadding(Expression value) {
        if (value instanceof Constant constant && constant.value() instanceof String text) {
            return ExpressionTranslator.text(text.stripTrailing());
        }
        if (value.type().kind() == Kind.VARCHAR && isPadded(value)) {
            return withoutPadding(((Call) value).arguments().get(0));
        }
        if (value.type().kind() != Kind.CHAR) {
            return Coercions.cast(value, DataType.varchar());
        }
        DataType type = DataType.varchar().withNullable(value.type().nullable());
        return Call.of(ScalarFunction.RTRIM, type, value, ExpressionTranslator.text(" "));
    }

    private static ScalarFunction mirrored(ScalarFunction function) {
        switch (function) {
            case LESS:
                return ScalarFunction.GREATER;
            case LESS_OR_EQUAL:
                return ScalarFunction.GREATER_OR_EQUAL;
            case GREATER:
                return ScalarFunction.LESS;
            case GREATER_OR_EQUAL:
                return ScalarFunction.LESS_OR_EQUAL;
            default:
                return function;
        }
    }
}
