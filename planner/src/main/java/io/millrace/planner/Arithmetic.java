package io.millrace.planner;

import io.millrace.error.ErrorCode;
import io.millrace.error.MillraceException;
import io.millrace.plan.Call;
import io.millrace.plan.DataType;
import io.millrace.plan.DataType.Kind;
import io.millrace.plan.Expression;
import io.millrace.plan.ScalarFunction;

/** Binary arithmetic over numbers, times and intervals. */
final class Arithmetic {
    private Arithmetic() {}

    static Expression binary(ScalarFunction function, Expression left, Expression right, DataType type) {
        if (isTemporal(left.type()) || isTemporal(right.type())) {
            return temporal(function, left, right, type);
        }
        if (type.isNumeric()) {
            return numeric(function, left, right, type);
        }
        throw new MillraceException(
                ErrorCode.TYPE_MISMATCH, "no operator " + function + " for " + left.type() + " and " + right.type());
    }

    private static Expression numeric(ScalarFunction function, Expression left, Expression right, DataType type) {
        if (type.kind() == Kind.DECIMAL) {
            return decimal(function, left, right, type);
        }
        DataType common = type;
        if (function == ScalarFunction.MODULO) {
            // the standard's result is as narrow as the divisor, which the dividend may not fit
            DataType wider = Coercions.common(left.type(), right.type());
            common = wider == null ? type : wider.withNullable(type.nullable());
        }
        return Call.of(function, common, Coercions.cast(left, common), Coercions.cast(right, common));
    }

    private static Expression decimal(ScalarFunction function, Expression left, Expression right, DataType type) {
        switch (function) {
            case ADD:
            case SUBTRACT:
                return Call.of(function, type, Coercions.cast(left, type), Coercions.cast(right, type));
            case MODULO:
                DataType common = Coercions.common(left.type(), right.type());
                DataType wide = common == null ? type : common.withNullable(type.nullable());
                return Call.of(function, wide, Coercions.cast(left, wide), Coercions.cast(right, wide));
            default:
                return Call.of(function, type, asDecimal(left), asDecimal(right));
        }
    }

    private static Expression asDecimal(Expression value) {
        return Coercions.cast(value, Coercions.decimal(value.type()));
    }

    private static Expression temporal(ScalarFunction function, Expression left, Expression right, DataType type) {
        boolean leftInterval = left.type().isInterval();
        boolean rightInterval = right.type().isInterval();
        if (function == ScalarFunction.ADD && leftInterval && !rightInterval) {
            return temporal(function, right, left, type);
        }
        if (function == ScalarFunction.MULTIPLY && rightInterval && !leftInterval) {
            return temporal(function, right, left, type);
        }
        boolean sum = function == ScalarFunction.ADD || function == ScalarFunction.SUBTRACT;
        if (sum && rightInterval && !leftInterval) {
            return Call.of(function, type, Coercions.cast(left, type), right);
        }
        if (sum
                && leftInterval
                && rightInterval
                && left.type().kind() == right.type().kind()) {
            return Call.of(function, type, left, right);
        }
        if (function == ScalarFunction.SUBTRACT && type.isInteger()) {
            return Call.of(ScalarFunction.DATETIME_DIFFERENCE, type, ExpressionTranslator.text("DAY"), right, left);
        }
        if (function == ScalarFunction.SUBTRACT && type.isInterval()) {
            return difference(left, right, type);
        }
        boolean scaled = function == ScalarFunction.MULTIPLY || function == ScalarFunction.DIVIDE;
        if (scaled && leftInterval && right.type().isNumeric()) {
            return Call.of(function, type, left, right);
        }
        throw MillraceException.notSupported("arithmetic between " + left.type() + " and " + right.type(), null);
    }

    private static Expression difference(Expression left, Expression right, DataType type) {
        DataType common = Coercions.common(left.type(), right.type());
        if (common == null) {
            throw new MillraceException(
                    ErrorCode.TYPE_MISMATCH, "no difference between " + left.type() + " and " + right.type());
        }
        return Call.of(ScalarFunction.SUBTRACT, type, Coercions.cast(left, common), Coercions.cast(right, common));
    }

    private static boolean isTemporal(DataType type) {
        return type.isTimestamp() || type.isInterval() || type.kind() == Kind.DATE || type.kind() == Kind.TIME;
    }
}
