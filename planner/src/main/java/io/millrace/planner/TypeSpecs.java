package io.millrace.planner;

import io.millrace.error.ErrorCode;
import io.millrace.error.MillraceException;
import io.millrace.plan.DataType;
import io.millrace.plan.DataType.Kind;
import java.util.Locale;
import org.apache.calcite.sql.SqlBasicTypeNameSpec;
import org.apache.calcite.sql.SqlCollectionTypeNameSpec;
import org.apache.calcite.sql.SqlDataTypeSpec;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.type.SqlTypeName;
import org.jspecify.annotations.Nullable;

/** Types as statements write them. */
final class TypeSpecs {
    private static final int MAX_LENGTH = 65_536;

    private TypeSpecs() {}

    /** The type of a column; nullable. */
    static DataType dataType(SqlDataTypeSpec spec) {
        if (spec.getTypeNameSpec() instanceof SqlCollectionTypeNameSpec collection) {
            return array(spec, collection);
        }
        if (!(spec.getTypeNameSpec() instanceof SqlBasicTypeNameSpec basic)) {
            throw unsupported(spec);
        }
        SqlTypeName name = SqlTypeName.get(basic.getTypeName().getSimple().toUpperCase(Locale.ROOT));
        if (name == null) {
            throw unsupported(spec);
        }
        check(spec);
        int precision = basic.getPrecision();
        MillraceTypeSystem system = MillraceTypeSystem.INSTANCE;
        switch (name) {
            case BOOLEAN:
            case TINYINT:
            case SMALLINT:
            case INTEGER:
            case BIGINT:
            case REAL:
            case DOUBLE:
            case DATE:
                return DataType.of(Kind.valueOf(name.name()));
            case FLOAT:
                return DataType.of(Kind.DOUBLE);
            case DECIMAL:
                return DataType.decimal(
                        precision < 0 ? DataType.MAX_DECIMAL_PRECISION : precision, Math.max(0, basic.getScale()));
            case CHAR:
                return new DataType(Kind.CHAR, precision < 0 ? 1 : precision, 0, true);
            case VARCHAR:
                return DataType.varchar(precision < 0 ? DataType.UNLIMITED : precision);
            case BINARY:
            case VARBINARY:
                return new DataType(Kind.VARBINARY, precision < 0 ? DataType.UNLIMITED : precision, 0, true);
            case TIME:
            case TIMESTAMP:
                return new DataType(
                        Kind.valueOf(name.name()),
                        precision < 0 ? system.getDefaultPrecision(name) : precision,
                        0,
                        true);
            case TIMESTAMP_WITH_LOCAL_TIME_ZONE:
                return new DataType(
                        Kind.TIMESTAMP_LTZ, precision < 0 ? system.getDefaultPrecision(name) : precision, 0, true);
            default:
                throw unsupported(spec);
        }
    }

    /** Refuses precisions that would else be cut down in silence. */
    static void check(SqlDataTypeSpec spec) {
        if (spec.getTypeNameSpec() instanceof SqlCollectionTypeNameSpec collection) {
            array(spec, collection);
            return;
        }
        if (!(spec.getTypeNameSpec() instanceof SqlBasicTypeNameSpec basic)) {
            return;
        }
        SqlTypeName name = SqlTypeName.get(basic.getTypeName().getSimple().toUpperCase(Locale.ROOT));
        int precision = basic.getPrecision();
        if (name == null || precision < 0) {
            return;
        }
        switch (name) {
            case TIME:
            case TIMESTAMP:
            case TIMESTAMP_WITH_LOCAL_TIME_ZONE:
                if (precision > DataType.MAX_TIME_PRECISION) {
                    throw tooPrecise(
                            spec,
                            precision,
                            DataType.MAX_TIME_PRECISION,
                            "The engine's unit of time is the microsecond.");
                }
                return;
            case DECIMAL:
                if (precision > DataType.MAX_DECIMAL_PRECISION || precision == 0 || basic.getScale() > precision) {
                    throw tooPrecise(
                            spec, precision, DataType.MAX_DECIMAL_PRECISION, "The scale is at most the precision.");
                }
                return;
            case CHAR:
            case VARCHAR:
            case BINARY:
            case VARBINARY:
                if (precision == 0 || (name == SqlTypeName.CHAR && precision > MAX_LENGTH)) {
                    throw tooPrecise(spec, precision, MAX_LENGTH, null);
                }
                return;
            default:
        }
    }

    private static DataType array(SqlDataTypeSpec spec, SqlCollectionTypeNameSpec collection) {
        boolean isArray = collection.getTypeName().getSimple().equalsIgnoreCase(SqlTypeName.ARRAY.name());
        if (!isArray || !(collection.getElementTypeName() instanceof SqlBasicTypeNameSpec named)) {
            throw unsupported(spec);
        }
        SqlDataTypeSpec elementSpec = new SqlDataTypeSpec(named, spec.getParserPosition());
        DataType element = dataType(elementSpec);
        boolean hasLength = element.isCharacter() || element.kind() == Kind.VARBINARY;
        if (hasLength && element.precision() != DataType.UNLIMITED) {
            throw unsupported(spec).withHint("Texts and bytes in an array have no length: write VARCHAR ARRAY.");
        }
        return DataType.array(element);
    }

    private static MillraceException tooPrecise(SqlDataTypeSpec spec, int precision, int most, @Nullable String hint) {
        return new MillraceException(
                ErrorCode.INVALID_PARAMETER,
                "precision " + precision + " of type " + text(spec) + " is out of range, at most " + most
                        + " is possible",
                hint,
                Nodes.position(spec),
                null);
    }

    private static MillraceException unsupported(SqlDataTypeSpec spec) {
        return MillraceException.notSupported("type " + text(spec), Nodes.position((SqlNode) spec));
    }

    private static String text(SqlDataTypeSpec spec) {
        return spec.toString().replace("`", "");
    }
}
