package io.millrace.planner;

import io.millrace.plan.Call;
import io.millrace.plan.Constant;
import io.millrace.plan.DataType;
import io.millrace.plan.DataType.Kind;
import io.millrace.plan.Expression;
import io.millrace.plan.Parameter;
import io.millrace.plan.ScalarFunction;
import org.jspecify.annotations.Nullable;

/** Makes operands agree, as {@link Call} promises. */
final class Coercions {
    private static final Kind[] INTEGERS = {Kind.TINYINT, Kind.SMALLINT, Kind.INTEGER, Kind.BIGINT};

    private Coercions() {}

    /** The value as {@code target}, or as it is when only nullability or a length tells them apart. */
    static Expression cast(Expression value, DataType target) {
        DataType source = value.type();
        if (sameValues(source, target)) {
            return value instanceof Constant constant && constant.type().kind() != target.kind()
                    ? new Constant(constant.value(), target.withNullable(source.nullable()))
                    : value;
        }
        return explicitCast(value, target);
    }

    /** CAST(value AS target): lengths count too; constants are converted here when that cannot fail. */
    static Expression explicitCast(Expression value, DataType target) {
        DataType type = target.withNullable(value.type().nullable());
        if (value.type().withNullable(target.nullable()).equals(target)) {
            return value;
        }
        if (value instanceof Constant constant) {
            if (constant.value() == null) {
                return new Constant(null, target.withNullable(true));
            }
            Object converted = ConstantCasts.convertOrNull(constant.value(), constant.type(), target);
            if (converted != null) {
                return new Constant(converted, type);
            }
        }
        if (value instanceof Parameter parameter && parameter.type().kind() == target.kind() && !isSized(target)) {
            return value;
        }
        return Call.of(ScalarFunction.CAST, type, value);
    }

    private static boolean isSized(DataType type) {
        return type.kind() == Kind.DECIMAL || type.isCharacter() || type.kind() == Kind.VARBINARY;
    }

    /** Whether every value of one is the same value in the other, laid out alike. */
    private static boolean sameValues(DataType source, DataType target) {
        if (source.kind() != target.kind()) {
            return false;
        }
        switch (source.kind()) {
            case DECIMAL:
                return source.scale() == target.scale() && source.precision() == target.precision();
            case CHAR:
                return source.precision() == target.precision();
            case ARRAY:
                return sameValues(source.elementType(), target.elementType());
            default:
                return true;
        }
    }

    /** The type in which two values are compared; null when they cannot be. */
    static @Nullable DataType common(DataType left, DataType right) {
        boolean nullable = left.nullable() || right.nullable();
        DataType type = commonKind(left, right);
        return type == null ? null : type.withNullable(nullable);
    }

    private static @Nullable DataType commonKind(DataType left, DataType right) {
        if (left.kind() == Kind.NULL) {
            return right;
        }
        if (right.kind() == Kind.NULL) {
            return left;
        }
        if (left.isNumeric() && right.isNumeric()) {
            return commonNumber(left, right);
        }
        if (left.isCharacter() && right.isCharacter()) {
            return left.kind() == Kind.CHAR && left.equals(right) ? left : DataType.varchar();
        }
        if (left.isArray() && right.isArray()) {
            DataType element = common(left.elementType(), right.elementType());
            return element == null ? null : DataType.array(element);
        }
        if (left.isArray() || right.isArray()) {
            return null;
        }
        if (left.kind() == right.kind()) {
            return left.precision() >= right.precision() ? left : right;
        }
        if (isDateOrTimestamp(left) && isDateOrTimestamp(right)) {
            return DataType.timestamp(Math.max(left.precision(), right.precision()));
        }
        if (left.isCharacter()) {
            return right;
        }
        return right.isCharacter() ? left : null;
    }

    private static boolean isDateOrTimestamp(DataType type) {
        return type.isTimestamp() || type.kind() == Kind.DATE;
    }

    private static DataType commonNumber(DataType left, DataType right) {
        if (left.isApproximate() || right.isApproximate()) {
            return left.kind() == right.kind() ? left : DataType.of(Kind.DOUBLE);
        }
        if (left.isInteger() && right.isInteger()) {
            return left.kind().compareTo(right.kind()) >= 0 ? left : right;
        }
        DataType a = decimal(left);
        DataType b = decimal(right);
        int scale = Math.max(a.scale(), b.scale());
        int whole = Math.max(a.precision() - a.scale(), b.precision() - b.scale());
        return DataType.decimal(Math.min(DataType.MAX_DECIMAL_PRECISION, whole + scale), scale);
    }

    /** The DECIMAL that holds all values of an integer or DECIMAL type. */
    static DataType decimal(DataType type) {
        switch (type.kind()) {
            case TINYINT:
                return DataType.decimal(3, 0);
            case SMALLINT:
                return DataType.decimal(5, 0);
            case INTEGER:
                return DataType.decimal(10, 0);
            case BIGINT:
                return DataType.decimal(19, 0);
            default:
                return type;
        }
    }

    /** The narrowest integer type at least as wide as {@code atLeast} that holds a constant. */
    static DataType integerFor(long value, DataType atLeast) {
        for (Kind kind : INTEGERS) {
            if (kind.compareTo(atLeast.kind()) >= 0 && ConstantCasts.fits(value, kind)) {
                return DataType.of(kind);
            }
        }
        return DataType.of(Kind.BIGINT);
    }
}
