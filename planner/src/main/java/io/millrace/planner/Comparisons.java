package io.millrace.planner;

import io.millrace.error.ErrorCode;
import io.millrace.error.MillraceException;
import io.millrace.plan.Call;
import io.millrace.plan.Constant;
import io.millrace.plan.DataType;
import io.millrace.plan.DataType.Kind;
import io.millrace.plan.Expression;
import io.millrace.plan.ScalarFunction;
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
        if (left.type().kind() == Kind.CHAR || right.type().kind() == Kind.CHAR) {
            return Call.of(function, type, withoutPadding(left), withoutPadding(right));
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
        return null;
    }

    private static Expression withoutPadding(Expression value) {
        if (value instanceof Constant constant && constant.value() instanceof String text) {
            return ExpressionTranslator.text(text.stripTrailing());
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
