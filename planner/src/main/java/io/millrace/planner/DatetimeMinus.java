package io.millrace.planner;

import java.util.List;
import org.apache.calcite.avatica.util.TimeUnit;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.SqlBasicCall;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIntervalQualifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlOperatorBinding;
import org.apache.calcite.sql.fun.SqlMonotonicBinaryOperator;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.type.InferTypes;
import org.apache.calcite.sql.type.OperandTypes;
import org.apache.calcite.sql.type.SqlTypeFamily;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.sql.type.SqlTypeUtil;
import org.apache.calcite.sql2rel.SqlRexContext;
import org.apache.calcite.sql2rel.StandardConvertletTable;

/**
 * The operator -, also between two datetimes without a unit behind them, as in PostgreSQL: of two dates a number of days,
 * else an interval.
 */
final class DatetimeMinus extends SqlMonotonicBinaryOperator {
    static final DatetimeMinus INSTANCE = new DatetimeMinus();

    private static final int PRECEDENCE = 40;

    private DatetimeMinus() {
        super(
                "-",
                SqlKind.MINUS,
                PRECEDENCE,
                true,
                DatetimeMinus::type,
                InferTypes.FIRST_KNOWN,
                OperandTypes.or(
                        OperandTypes.MINUS_OPERATOR,
                        OperandTypes.family(SqlTypeFamily.DATETIME, SqlTypeFamily.DATETIME)));
    }

    private static RelDataType type(SqlOperatorBinding binding) {
        RelDataType left = binding.getOperandType(0);
        RelDataType right = binding.getOperandType(1);
        if (!SqlTypeUtil.isDatetime(left) || !SqlTypeUtil.isDatetime(right)) {
            return SqlStdOperatorTable.MINUS.inferReturnType(binding);
        }
        RelDataTypeFactory factory = binding.getTypeFactory();
        boolean days = SqlTypeUtil.isDate(left) && SqlTypeUtil.isDate(right);
        RelDataType difference = days
                ? factory.createSqlType(SqlTypeName.INTEGER)
                : factory.createSqlIntervalType(
                        new SqlIntervalQualifier(TimeUnit.DAY, TimeUnit.SECOND, SqlParserPos.ZERO));
        return factory.createTypeWithNullability(difference, left.isNullable() || right.isNullable());
    }

    /** All but differences of datetimes become Calcite's own operator again. */
    static RexNode convert(SqlRexContext context, SqlCall call) {
        RexNode left = context.convertExpression(call.operand(0));
        RexNode right = context.convertExpression(call.operand(1));
        if (SqlTypeUtil.isDatetime(left.getType()) && SqlTypeUtil.isDatetime(right.getType())) {
            return context.getRexBuilder().makeCall(call.getParserPosition(), INSTANCE, List.of(left, right));
        }
        ((SqlBasicCall) call).setOperator(SqlStdOperatorTable.MINUS);
        return StandardConvertletTable.INSTANCE.get(call).convertCall(context, call);
    }
}
