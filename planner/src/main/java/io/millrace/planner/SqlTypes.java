package io.millrace.planner;

import io.millrace.plan.DataType;
import io.millrace.plan.DataType.Kind;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Objects;
import org.apache.calcite.jdbc.JavaTypeFactoryImpl;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.sql.type.SqlTypeUtil;
import org.jspecify.annotations.Nullable;

/** The one factory of types for catalog, validator and expressions, and the mapping to and from {@link DataType}. */
final class SqlTypes extends JavaTypeFactoryImpl {
    /** Types are made again and again, and found equal to one that is known only when they are complete. */
    private final Map<SqlTypeName, RelDataType> simple = new EnumMap<>(SqlTypeName.class);

    private final Map<RelDataType, RelDataType> nullable = new IdentityHashMap<>();

    SqlTypes() {
        super(MillraceTypeSystem.INSTANCE);
    }

    @Override
    public RelDataType createSqlType(SqlTypeName name) {
        RelDataType known = simple.get(name);
        if (known == null) {
            known = super.createSqlType(name);
            simple.put(name, known);
        }
        return known;
    }

    @Override
    public RelDataType createTypeWithNullability(RelDataType type, boolean isNullable) {
        if (type.isNullable() == isNullable || !isNullable) {
            return super.createTypeWithNullability(type, isNullable);
        }
        RelDataType known = nullable.get(type);
        if (known == null) {
            known = super.createTypeWithNullability(type, true);
            nullable.put(type, known);
        }
        return known;
    }

    @Override
    public Charset getDefaultCharset() {
        return StandardCharsets.UTF_8;
    }

    RelDataType fromDataType(DataType type) {
        return createTypeWithNullability(notNull(type), type.nullable());
    }

    private RelDataType notNull(DataType type) {
        switch (type.kind()) {
            case DECIMAL:
                return createSqlType(SqlTypeName.DECIMAL, type.precision(), type.scale());
            case CHAR:
            case VARCHAR:
                return character(type);
            case VARBINARY:
                return type.precision() == DataType.UNLIMITED
                        ? createSqlType(SqlTypeName.VARBINARY)
                        : createSqlType(SqlTypeName.VARBINARY, type.precision());
            case TIME:
                return createSqlType(SqlTypeName.TIME, type.precision());
            case TIMESTAMP:
                return createSqlType(SqlTypeName.TIMESTAMP, type.precision());
            case TIMESTAMP_LTZ:
                return createSqlType(SqlTypeName.TIMESTAMP_WITH_LOCAL_TIME_ZONE, type.precision());
            case ARRAY:
                return createArrayType(fromDataType(type.elementType()), -1);
            case INTERVAL_YEAR_MONTH:
            case INTERVAL_DAY_TIME:
                throw new IllegalArgumentException("no columns of type " + type);
            default:
                return createSqlType(SqlTypeName.valueOf(type.kind().name()));
        }
    }

    private RelDataType character(DataType type) {
        SqlTypeName name = type.kind() == Kind.CHAR ? SqlTypeName.CHAR : SqlTypeName.VARCHAR;
        return type.precision() == DataType.UNLIMITED ? createSqlType(name) : createSqlType(name, type.precision());
    }

    /** The plan's type; null when plans have none. */
    static @Nullable DataType toDataType(RelDataType type) {
        boolean nullable = type.isNullable();
        SqlTypeName name = type.getSqlTypeName();
        switch (name) {
            case BOOLEAN:
            case TINYINT:
            case SMALLINT:
            case INTEGER:
            case BIGINT:
            case REAL:
            case DOUBLE:
            case DATE:
            case NULL:
                return new DataType(Kind.valueOf(name.name()), 0, 0, nullable);
            case FLOAT:
                return new DataType(Kind.DOUBLE, 0, 0, nullable);
            case UNKNOWN:
                return new DataType(Kind.NULL, 0, 0, true);
            case DECIMAL:
                return new DataType(Kind.DECIMAL, type.getPrecision(), type.getScale(), nullable);
            case CHAR:
            case VARCHAR:
                return new DataType(Kind.valueOf(name.name()), length(type), 0, nullable);
            case BINARY:
            case VARBINARY:
                return new DataType(Kind.VARBINARY, length(type), 0, nullable);
            case TIME:
            case TIMESTAMP:
                return new DataType(Kind.valueOf(name.name()), type.getPrecision(), 0, nullable);
            case TIMESTAMP_WITH_LOCAL_TIME_ZONE:
                return new DataType(Kind.TIMESTAMP_LTZ, type.getPrecision(), 0, nullable);
            case ARRAY:
                return array(type);
            default:
                if (SqlTypeUtil.isInterval(type)) {
                    boolean months = SqlTypeName.YEAR_INTERVAL_TYPES.contains(name);
                    return new DataType(months ? Kind.INTERVAL_YEAR_MONTH : Kind.INTERVAL_DAY_TIME, 0, 0, nullable);
                }
                return null;
        }
    }

    /** What a type is called that plans do not have. */
    static String name(RelDataType type) {
        RelDataType element = type.getComponentType();
        SqlTypeName name = type.getSqlTypeName();
        return element == null ? name.toString() : name(element) + " " + name;
    }

    private static @Nullable DataType array(RelDataType type) {
        DataType element = toDataType(Objects.requireNonNull(type.getComponentType()));
        return element == null || element.isArray()
                ? null
                : DataType.array(element).withNullable(type.isNullable());
    }

    private static int length(RelDataType type) {
        return type.getPrecision() == RelDataType.PRECISION_NOT_SPECIFIED ? DataType.UNLIMITED : type.getPrecision();
    }
}
