package io.millrace.planner;

import io.millrace.plan.Constant;
import io.millrace.plan.DataType;
import io.millrace.plan.DataType.Kind;
import java.math.BigDecimal;
import java.util.Objects;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNumericLiteral;
import org.apache.calcite.util.NlsString;
import org.apache.calcite.util.TimestampString;
import org.jspecify.annotations.Nullable;

/** The literals of long lists of rows, without the validator. */
final class LiteralNodes {
    private LiteralNodes() {}

    /** Null for what is no plain literal. */
    static @Nullable Constant constant(SqlNode node) {
        if (node.getKind() == SqlKind.MINUS_PREFIX && ((SqlCall) node).operand(0) instanceof SqlNumericLiteral number) {
            return number(number, true);
        }
        if (!(node instanceof SqlLiteral literal)) {
            return null;
        }
        switch (literal.getTypeName()) {
            case NULL:
                return new Constant(null, DataType.of(Kind.NULL));
            case BOOLEAN:
                return literal.getValue() == null
                        ? new Constant(null, DataType.of(Kind.BOOLEAN))
                        : new Constant(
                                literal.booleanValue(),
                                DataType.of(Kind.BOOLEAN).notNull());
            case CHAR:
                return ExpressionTranslator.text(Objects.requireNonNull(literal.getValueAs(NlsString.class))
                        .getValue());
            case DECIMAL:
            case DOUBLE:
                return number((SqlNumericLiteral) literal, false);
            case TIMESTAMP:
                TimestampString time = literal.getValueAs(TimestampString.class);
                return new Constant(
                        Literals.micros(Objects.requireNonNull(time).toString()),
                        DataType.timestamp(DataType.MAX_TIME_PRECISION).notNull());
            default:
                return null;
        }
    }

    private static Constant number(SqlNumericLiteral literal, boolean negative) {
        BigDecimal value = Objects.requireNonNull(literal.getValueAs(BigDecimal.class));
        BigDecimal signed = negative ? value.negate() : value;
        if (literal.getTypeName() == org.apache.calcite.sql.type.SqlTypeName.DOUBLE) {
            return new Constant(signed.doubleValue(), DataType.of(Kind.DOUBLE).notNull());
        }
        boolean isLong = signed.scale() <= 0
                && signed.precision() <= 20
                && signed.toBigInteger().bitLength() <= 63;
        if (isLong) {
            return new Constant(
                    signed.longValueExact(), DataType.of(Kind.BIGINT).notNull());
        }
        int scale = Math.max(0, signed.scale());
        int precision = Math.max(scale, signed.precision() - signed.scale() + scale);
        DataType type = DataType.decimal(Math.max(1, precision), scale);
        return new Constant(signed.setScale(scale), type.notNull());
    }
}
