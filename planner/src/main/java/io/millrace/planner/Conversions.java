package io.millrace.planner;

import io.millrace.error.MillraceException;
import io.millrace.plan.Call;
import io.millrace.plan.Constant;
import io.millrace.plan.DataType;
import io.millrace.plan.DataType.Kind;
import io.millrace.plan.Expression;
import io.millrace.plan.ScalarFunction;
import java.math.BigDecimal;
import java.math.RoundingMode;
import org.apache.calcite.avatica.util.TimeUnit;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.sql.SqlIntervalQualifier;

/** CAST as statements write it: some pairs of types are other functions in the plan. */
final class Conversions {
    private static final long MICROS_PER_MILLI = 1_000;

    private Conversions() {}

    static Expression cast(Expression value, RelDataType target) {
        DataType type = ExpressionTranslator.type(target);
        SqlIntervalQualifier qualifier = target.getIntervalQualifier();
        if (qualifier != null && value.type().isCharacter()) {
            return interval(value, qualifier, type);
        }
        if (type.isTimestamp() && value.type().kind() == Kind.TIME) {
            return today(value, type);
        }
        if (type.kind() == Kind.DECIMAL && value.type().isCharacter()) {
            // the planner's own conversion of constants rounds
            return Call.of(ScalarFunction.CAST, type.withNullable(value.type().nullable()), value);
        }
        if (type.isArray() && value.type().isArray() && isShorter(value.type().elementType(), type.elementType())) {
            throw MillraceException.notSupported("a cast from " + value.type() + " to " + type, null)
                    .withHint("The elements would lose digits.");
        }
        return Coercions.explicitCast(cut(value, type), type);
    }

    /** TRY_CAST(value AS target): a CAST that cannot fail stays one. */
    static Expression tryCast(Expression value, DataType type) {
        Expression cut = cut(value, type);
        Expression cast = value.type().isCharacter()
                ? Call.of(ScalarFunction.CAST, type, value)
                : Coercions.explicitCast(cut, type);
        boolean canFail = cast instanceof Call call && call.function() == ScalarFunction.CAST;
        return canFail ? Call.of(ScalarFunction.TRY_CAST, type.withNullable(true), cut) : cast;
    }

    /** An explicit cast to a DECIMAL cuts digits off, as Calcite does, while storing a value rounds. */
    private static Expression cut(Expression value, DataType type) {
        DataType from = value.type();
        if (!isShorter(from, type)) {
            return value;
        }
        if (value instanceof Constant constant && constant.value() instanceof BigDecimal number) {
            return new Constant(number.setScale(type.scale(), RoundingMode.DOWN), withScale(from, type.scale()));
        }
        Constant digits =
                new Constant((long) type.scale(), DataType.of(Kind.INTEGER).notNull());
        return Call.of(ScalarFunction.TRUNCATE, from, value, digits);
    }

    private static boolean isShorter(DataType from, DataType type) {
        boolean shorter = from.isApproximate() || (from.kind() == Kind.DECIMAL && from.scale() > type.scale());
        return type.kind() == Kind.DECIMAL && shorter;
    }

    private static DataType withScale(DataType from, int scale) {
        int precision = Math.max(1, from.precision() - from.scale() + scale);
        return DataType.decimal(precision, scale).withNullable(from.nullable());
    }

    /** A number in text, times the unit. */
    private static Expression interval(Expression text, SqlIntervalQualifier qualifier, DataType type) {
        if (!qualifier.isSingleDatetimeField()) {
            throw MillraceException.notSupported("a cast from " + text.type() + " to INTERVAL " + qualifier, null)
                    .withHint("One unit is possible, as in CAST('90' AS INTERVAL MINUTE).");
        }
        TimeUnit unit = qualifier.getStartUnit();
        long one = unit.multiplier.longValueExact() * (unit.yearMonth ? 1 : MICROS_PER_MILLI);
        boolean fraction = unit == TimeUnit.SECOND;
        Expression number = Coercions.explicitCast(text, DataType.of(fraction ? Kind.DOUBLE : Kind.BIGINT));
        DataType interval = type.withNullable(text.type().nullable());
        return Call.of(ScalarFunction.MULTIPLY, interval, new Constant(one, type.notNull()), number);
    }

    /** The time on the day of the step, as the standard has it. */
    private static Expression today(Expression time, DataType type) {
        DataType result = type.withNullable(time.type().nullable());
        Expression day = Coercions.explicitCast(CallTranslator.now(), DataType.of(Kind.DATE));
        Expression midnight = Coercions.explicitCast(day, type.notNull());
        DataType interval =
                DataType.of(Kind.INTERVAL_DAY_TIME).withNullable(time.type().nullable());
        return Call.of(ScalarFunction.ADD, result, midnight, Call.of(ScalarFunction.CAST, interval, time));
    }
}
