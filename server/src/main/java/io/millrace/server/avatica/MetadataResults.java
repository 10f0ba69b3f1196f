package io.millrace.server.avatica;

import io.millrace.catalog.CatalogSnapshot;
import io.millrace.catalog.ColumnDefinition;
import io.millrace.catalog.Relation;
import io.millrace.catalog.TableDefinition;
import io.millrace.plan.DataType;
import io.millrace.planner.DefaultValues;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.util.List;
import java.util.Map;
import org.apache.calcite.avatica.Meta;
import org.apache.calcite.avatica.remote.Service.ResultSetResponse;
import org.jspecify.annotations.Nullable;

/** Answers {@code DatabaseMetaData} from one version of the catalog. There are no catalogs, and one schema. */
final class MetadataResults {
    static final String SCHEMA = CatalogSnapshot.SCHEMA;

    /** A statement reads one position of all streams, and is a transaction of its own. */
    static final int TRANSACTION_ISOLATION = Connection.TRANSACTION_SERIALIZABLE;

    private final CatalogSnapshot catalog;

    MetadataResults(CatalogSnapshot catalog) {
        this.catalog = catalog;
    }

    ResultSetResponse catalogs(MetadataTable.Target target) {
        return MetadataTable.of("TABLE_CAT").result(target);
    }

    ResultSetResponse schemas(MetadataTable.Target target, @Nullable String pattern) {
        MetadataTable table = MetadataTable.of("TABLE_SCHEM, TABLE_CATALOG");
        for (String schema : CatalogTables.SCHEMAS) {
            if (NamePattern.matches(pattern, schema)) {
                table.add(schema, null);
            }
        }
        return table.result(target);
    }

    ResultSetResponse tableTypes(MetadataTable.Target target) {
        MetadataTable table = MetadataTable.of("TABLE_TYPE");
        CatalogTables.TYPES.forEach(table::add);
        return table.result(target);
    }

    ResultSetResponse tables(
            MetadataTable.Target target,
            @Nullable String schemaPattern,
            @Nullable String namePattern,
            @Nullable List<String> types) {
        MetadataTable table = MetadataTable.of("TABLE_CAT, TABLE_SCHEM, TABLE_NAME, TABLE_TYPE, REMARKS, TYPE_CAT,"
                + " TYPE_SCHEM, TYPE_NAME, SELF_REFERENCING_COL_NAME, REF_GENERATION");
        List<Relation> found = CatalogTables.find(catalog, schemaPattern, namePattern);
        for (String type : CatalogTables.TYPES) {
            if (types != null && !types.contains(type)) {
                continue;
            }
            for (Relation relation : found) {
                if (CatalogTables.type(relation).equals(type)) {
                    String schema = CatalogTables.schema(relation);
                    String remarks = CatalogTables.remarks(relation);
                    table.add(null, schema, relation.name(), type, remarks, null, null, null, null, null);
                }
            }
        }
        return table.result(target);
    }

    ResultSetResponse columns(
            MetadataTable.Target target,
            @Nullable String schemaPattern,
            @Nullable String tablePattern,
            @Nullable String columnPattern) {
        MetadataTable table = MetadataTable.of("TABLE_CAT, TABLE_SCHEM, TABLE_NAME, COLUMN_NAME, DATA_TYPE INTEGER,"
                + " TYPE_NAME, COLUMN_SIZE INTEGER, BUFFER_LENGTH INTEGER, DECIMAL_DIGITS INTEGER,"
                + " NUM_PREC_RADIX INTEGER, NULLABLE INTEGER, REMARKS, COLUMN_DEF, SQL_DATA_TYPE INTEGER,"
                + " SQL_DATETIME_SUB INTEGER, CHAR_OCTET_LENGTH INTEGER, ORDINAL_POSITION INTEGER, IS_NULLABLE,"
                + " SCOPE_CATALOG, SCOPE_SCHEMA, SCOPE_TABLE, SOURCE_DATA_TYPE SMALLINT, IS_AUTOINCREMENT,"
                + " IS_GENERATEDCOLUMN");
        for (Relation relation : CatalogTables.find(catalog, schemaPattern, tablePattern)) {
            addColumns(table, relation, columnPattern);
        }
        return table.result(target);
    }

    private static void addColumns(MetadataTable table, Relation relation, @Nullable String pattern) {
        int position = 0;
        for (ColumnDefinition column : relation.columns()) {
            position++;
            if (!NamePattern.matches(pattern, column.name())) {
                continue;
            }
            DataType dataType = column.type();
            JdbcType type = JdbcType.of(dataType);
            table.add(
                    null,
                    CatalogTables.schema(relation),
                    relation.name(),
                    column.name(),
                    type.id(),
                    type.sqlName(),
                    type.columnSize(),
                    null,
                    digits(dataType, type),
                    dataType.isNumeric() ? 10 : null,
                    dataType.nullable() ? DatabaseMetaData.columnNullable : DatabaseMetaData.columnNoNulls,
                    null,
                    relation instanceof TableDefinition defined ? DefaultValues.text(defined, position - 1) : null,
                    null,
                    null,
                    octets(dataType),
                    position,
                    dataType.nullable() ? "YES" : "NO",
                    null,
                    null,
                    null,
                    null,
                    "NO",
                    "NO");
        }
    }

    /** The digits after the point; null where that means nothing. */
    static @Nullable Integer digits(DataType dataType, JdbcType type) {
        if (dataType.isTimestamp() || dataType.kind() == DataType.Kind.TIME) {
            return type.precision();
        }
        return dataType.isInteger() || dataType.kind() == DataType.Kind.DECIMAL ? Integer.valueOf(type.scale()) : null;
    }

    /** The most bytes of a value in UTF-8; null for what is neither text nor bytes. */
    private static @Nullable Integer octets(DataType type) {
        if (type.kind() == DataType.Kind.VARBINARY) {
            return type.precision();
        }
        return type.isCharacter() ? Integer.valueOf((int) Math.min(4L * type.precision(), Integer.MAX_VALUE)) : null;
    }

    ResultSetResponse typeInfo(MetadataTable.Target target) {
        MetadataTable table = MetadataTable.of("TYPE_NAME, DATA_TYPE INTEGER, PRECISION INTEGER, LITERAL_PREFIX,"
                + " LITERAL_SUFFIX, CREATE_PARAMS, NULLABLE SMALLINT, CASE_SENSITIVE BOOLEAN, SEARCHABLE SMALLINT,"
                + " UNSIGNED_ATTRIBUTE BOOLEAN, FIXED_PREC_SCALE BOOLEAN, AUTO_INCREMENT BOOLEAN, LOCAL_TYPE_NAME,"
                + " MINIMUM_SCALE SMALLINT, MAXIMUM_SCALE SMALLINT, SQL_DATA_TYPE INTEGER, SQL_DATETIME_SUB INTEGER,"
                + " NUM_PREC_RADIX INTEGER");
        TypeInfo.addAll(table);
        return table.result(target);
    }

    Map<Meta.DatabaseProperty, Object> databaseProperties() {
        return ProductProperties.ALL;
    }
}
