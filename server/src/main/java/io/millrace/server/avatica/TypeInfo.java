package io.millrace.server.avatica;

import io.millrace.plan.DataType;
import io.millrace.plan.DataType.Kind;
import java.sql.DatabaseMetaData;
import java.util.Comparator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The rows of {@code DatabaseMetaData.getTypeInfo}. */
final class TypeInfo {
    private TypeInfo() {}

    static void addAll(MetadataTable table) {
        Stream.of(Kind.values())
                .filter(kind -> kind != Kind.NULL && kind != Kind.ARRAY)
                .sorted(Comparator.comparing(kind -> JdbcType.of(largest(kind)).id()))
                .forEach(kind -> add(table, largest(kind)));
    }

    private static DataType largest(Kind kind) {
        switch (kind) {
            case DECIMAL:
                return DataType.decimal(DataType.MAX_DECIMAL_PRECISION, 0);
            case CHAR:
            case VARCHAR:
            case VARBINARY:
                return new DataType(kind, DataType.UNLIMITED, 0, true);
            case TIME:
            case TIMESTAMP:
            case TIMESTAMP_LTZ:
                return new DataType(kind, DataType.MAX_TIME_PRECISION, 0, true);
            default:
                return DataType.of(kind);
        }
    }

    private static void add(MetadataTable table, DataType dataType) {
        JdbcType type = JdbcType.of(dataType);
        boolean decimal = dataType.kind() == Kind.DECIMAL;
        String prefix = prefix(dataType);
        table.add(
                type.sqlName(),
                type.id(),
                type.columnSize(),
                prefix,
                prefix == null ? null : "'",
                parameters(dataType),
                (short) DatabaseMetaData.typeNullable,
                dataType.isCharacter(),
                (short) DatabaseMetaData.typeSearchable,
                !type.signed(),
                false,
                false,
                type.sqlName(),
                (short) 0,
                decimal ? (short) DataType.MAX_DECIMAL_PRECISION : (short) 0,
                null,
                null,
                dataType.isNumeric() ? 10 : null);
    }

    /** What is written in parentheses after the name. */
    private static @Nullable String parameters(DataType type) {
        switch (type.kind()) {
            case DECIMAL:
                return "precision,scale";
            case CHAR:
            case VARCHAR:
            case VARBINARY:
                return "length";
            case TIME:
            case TIMESTAMP:
                return "fraction";
            default:
                return null;
        }
    }

    private static @Nullable String prefix(DataType type) {
        switch (type.kind()) {
            case CHAR:
            case VARCHAR:
                return "'";
            case VARBINARY:
                return "X'";
            case DATE:
                return "DATE '";
            case TIME:
                return "TIME '";
            case TIMESTAMP:
            case TIMESTAMP_LTZ:
                return "TIMESTAMP '";
            case INTERVAL_YEAR_MONTH:
            case INTERVAL_DAY_TIME:
                return "INTERVAL '";
            default:
                return null;
        }
    }
}
