package io.millrace.planner;

import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.rel.type.RelDataTypeSystemImpl;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.sql.type.SqlTypeUtil;

/** The limits of types and the types of aggregates. */
final class MillraceTypeSystem extends RelDataTypeSystemImpl {
    static final MillraceTypeSystem INSTANCE = new MillraceTypeSystem();

    private static final int DECIMAL_DIGITS = 38;
    private static final int DEFAULT_TIME_PRECISION = 3;
    private static final int MAX_TIME_PRECISION = 6;
    /** Enough for every duration in any unit, so that INTERVAL '120' SECOND needs no declared precision. */
    private static final int INTERVAL_PRECISION = 10;

    private static final int AVERAGE_SCALE = 6;

    @Override
    public int getMaxPrecision(SqlTypeName type) {
        switch (type) {
            case DECIMAL:
                return DECIMAL_DIGITS;
            case TIME:
            case TIMESTAMP:
            case TIMESTAMP_WITH_LOCAL_TIME_ZONE:
                return MAX_TIME_PRECISION;
            default:
                return super.getMaxPrecision(type);
        }
    }

    @Override
    public int getMaxScale(SqlTypeName type) {
        return type == SqlTypeName.DECIMAL ? DECIMAL_DIGITS : super.getMaxScale(type);
    }

    @Override
    public int getDefaultPrecision(SqlTypeName type) {
        if (SqlTypeName.INTERVAL_TYPES.contains(type)) {
            return INTERVAL_PRECISION;
        }
        switch (type) {
            case TIME:
            case TIMESTAMP:
            case TIMESTAMP_WITH_LOCAL_TIME_ZONE:
                return DEFAULT_TIME_PRECISION;
            default:
                return super.getDefaultPrecision(type);
        }
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
            sum = factory.createSqlType(SqlTypeName.DECIMAL, DECIMAL_DIGITS, argument.getScale());
        } else if (SqlTypeUtil.isApproximateNumeric(argument)) {
            sum = factory.createSqlType(SqlTypeName.DOUBLE);
        }
        return factory.createTypeWithNullability(sum, argument.isNullable());
    }

    @Override
    public RelDataType deriveAvgAggType(RelDataTypeFactory factory, RelDataType argument) {
        RelDataType average = argument;
        if (SqlTypeUtil.isDecimal(argument)) {
            int scale = Math.max(AVERAGE_SCALE, argument.getScale());
            average = factory.createSqlType(SqlTypeName.DECIMAL, DECIMAL_DIGITS, scale);
        } else if (SqlTypeUtil.isNumeric(argument)) {
            average = factory.createSqlType(SqlTypeName.DOUBLE);
        }
        return factory.createTypeWithNullability(average, argument.isNullable());
    }
}
