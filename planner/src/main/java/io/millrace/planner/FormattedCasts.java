package io.millrace.planner;

import io.millrace.error.ErrorCode;
import io.millrace.error.MillraceException;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlFunction;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.sql.type.SqlTypeUtil;
import org.apache.calcite.sql2rel.SqlRexContext;

/** {@code CAST(… AS … FORMAT '…')} becomes a call of TO_CHAR, TO_DATE or TO_TIMESTAMP. */
final class FormattedCasts {
    /** Names, which TO_CHAR fills up with blanks unless FM stands before them, outside of double quotes. */
    private static final Pattern NAMES =
            Pattern.compile("(?<!FM)(MONTH|DAY)(?=[^\"]*(?:\"[^\"]*\"[^\"]*)*$)", Pattern.CASE_INSENSITIVE);

    private FormattedCasts() {}

    static boolean isOne(SqlCall call) {
        return call.operandCount() == 3;
    }

    static RexNode convert(SqlRexContext context, SqlCall call) {
        RexBuilder builder = context.getRexBuilder();
        RelDataType type = Objects.requireNonNull(context.getValidator()).getValidatedNodeType(call);
        RexNode value = context.convertExpression(call.operand(0));
        if (value.getType().getSqlTypeName() == SqlTypeName.NULL) {
            return builder.makeAbstractCast(type, value, false);
        }
        SqlFunction function = function(value.getType(), type, call);
        String format = SqlLiteral.unchain(call.operand(2)).getValueAs(String.class);
        RexNode converted = builder.makeCall(
                call.getParserPosition(),
                function,
                List.of(value, builder.makeLiteral(NAMES.matcher(format).replaceAll("FM$1"))));
        return builder.makeAbstractCast(
                builder.getTypeFactory()
                        .createTypeWithNullability(type, converted.getType().isNullable()),
                converted,
                false);
    }

    private static SqlFunction function(RelDataType from, RelDataType to, SqlNode place) {
        if (SqlTypeUtil.inCharFamily(to) && SqlTypeUtil.isDatetime(from)) {
            return DatetimeFunctions.TO_CHAR;
        }
        if (SqlTypeUtil.isDatetime(to) && SqlTypeUtil.inCharFamily(from)) {
            return to.getSqlTypeName() == SqlTypeName.DATE ? DatetimeFunctions.TO_DATE : DatetimeFunctions.TO_TIMESTAMP;
        }
        throw new MillraceException(
                ErrorCode.NOT_SUPPORTED,
                "CAST with FORMAT from " + from.getSqlTypeName() + " to " + to.getSqlTypeName() + " is not supported",
                "A format belongs to a cast between text and a date, a time or a timestamp.",
                Nodes.position(place),
                null);
    }
}
