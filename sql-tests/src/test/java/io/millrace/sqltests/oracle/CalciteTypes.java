package io.millrace.sqltests.oracle;

import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.rel.type.RelDataTypeSystemImpl;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.sql.type.SqlTypeUtil;

/** Calcite's types with the precisions and averages of ours. */
public final class CalciteTypes extends RelDataTypeSystemImpl {
    private static final int DIGITS = 38;

    @Override
    public int getMaxPrecision(SqlTypeName type) {
        return type == SqlTypeName.DECIMAL ? DIGITS : super.getMaxPrecision(type);
    }

    @Override
    public int getMaxScale(SqlTypeName type) {
        return type == SqlTypeName.DECIMAL ? DIGITS : super.getMaxScale(type);
    }

    @Override
    public boolean shouldConvertRaggedUnionTypesToVarying() {
        return true;
    }

    @Override
    public RelDataType deriveSumType(RelDataTypeFactory factory, RelDataType argument) {
        RelDataType sum = argument;
        if (SqlTypeUtil.isIntType(argument)) {
            sum = factory.createSqlType(SqlTypeName.BIGINT);
        } else if (SqlTypeUtil.isDecimal(argument)) {
            sum = factory.createSqlType(SqlTypeName.DECIMAL, DIGITS, argument.getScale());
        }
        return factory.createTypeWithNullability(sum, argument.isNullable());
    }

    @Override
    public RelDataType deriveAvgAggType(RelDataTypeFactory factory, RelDataType argument) {
        RelDataType average = SqlTypeUtil.isDecimal(argument)
                ? factory.createSqlType(SqlTypeName.DECIMAL, DIGITS, 6)
                : factory.createSqlType(SqlTypeName.DOUBLE);
        return factory.createTypeWithNullability(average, argument.isNullable());
    }
}
