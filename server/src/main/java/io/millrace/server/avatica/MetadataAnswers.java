package io.millrace.server.avatica;

import io.millrace.catalog.CatalogSnapshot;
import io.millrace.catalog.ColumnDefinition;
import io.millrace.catalog.StreamDefinition;
import io.millrace.catalog.TableDefinition;
import io.millrace.error.ErrorCode;
import io.millrace.error.MillraceException;
import io.millrace.plan.DataType;
import java.sql.DatabaseMetaData;
import java.sql.PseudoColumnUsage;
import java.util.Comparator;
import java.util.List;
import org.apache.calcite.avatica.remote.Service.ResultSetResponse;
import org.jspecify.annotations.Nullable;

/** Answers those questions of {@code DatabaseMetaData} that our driver asks in its own words. */
final class MetadataAnswers {
    private final CatalogSnapshot catalog;

    MetadataAnswers(CatalogSnapshot catalog) {
        this.catalog = catalog;
    }

    ResultSetResponse answer(String question, List<@Nullable String> arguments, MetadataTable.Target target) {
        int expected = question.endsWith("_COLUMNS") ? 3 : 2;
        if (arguments.size() != expected) {
            throw new MillraceException(
                    ErrorCode.PROTOCOL_VIOLATION, "question \"" + question + "\" has " + expected + " arguments");
        }
        switch (question) {
            case "PRIMARY_KEYS":
                return primaryKeys(table(arguments)).result(target);
            case "INDEXES":
                return indexes(table(arguments)).result(target);
            case "ROW_IDENTIFIERS":
                return rowIdentifiers(table(arguments)).result(target);
            case "PSEUDO_COLUMNS":
                return pseudoColumns(arguments.get(0), arguments.get(1), arguments.get(2))
                        .result(target);
            case "FUNCTIONS":
                return FunctionTables.functions(arguments.get(0), arguments.get(1))
                        .result(target);
            case "FUNCTION_COLUMNS":
                return FunctionTables.parameters(arguments.get(0), arguments.get(1), arguments.get(2))
                        .result(target);
            default:
                throw new MillraceException(
                        ErrorCode.PROTOCOL_VIOLATION, "question \"" + question + "\" is not known here");
        }
    }

    private @Nullable TableDefinition table(List<@Nullable String> arguments) {
        return CatalogTables.table(catalog, arguments.get(0), arguments.get(1));
    }

    /** The columns of the key in their order; none without a table. */
    private static List<ColumnDefinition> key(@Nullable TableDefinition table) {
        return table == null
                ? List.of()
                : table.primaryKey().stream().map(table.columns()::get).toList();
    }

    private static String keyName(TableDefinition table) {
        return table.name() + "_pkey";
    }

    /** By the names of the columns. */
    private static MetadataTable primaryKeys(@Nullable TableDefinition table) {
        MetadataTable rows =
                MetadataTable.of("TABLE_CAT, TABLE_SCHEM, TABLE_NAME, COLUMN_NAME, KEY_SEQ SMALLINT, PK_NAME");
        List<ColumnDefinition> key = key(table);
        if (table != null) {
            key.stream().sorted(Comparator.comparing(ColumnDefinition::name)).forEach(column -> {
                short position = (short) (key.indexOf(column) + 1);
                rows.add(null, CatalogSnapshot.SCHEMA, table.name(), column.name(), position, keyName(table));
            });
        }
        return rows;
    }

    private static MetadataTable indexes(@Nullable TableDefinition table) {
        MetadataTable rows = MetadataTable.of("TABLE_CAT, TABLE_SCHEM, TABLE_NAME, NON_UNIQUE BOOLEAN, INDEX_QUALIFIER,"
                + " INDEX_NAME, TYPE SMALLINT, ORDINAL_POSITION SMALLINT, COLUMN_NAME, ASC_OR_DESC,"
                + " CARDINALITY BIGINT, PAGES BIGINT, FILTER_CONDITION");
        if (table == null) {
            return rows;
        }
        short position = 0;
        for (ColumnDefinition column : key(table)) {
            position++;
            rows.add(
                    null,
                    CatalogSnapshot.SCHEMA,
                    table.name(),
                    false,
                    null,
                    keyName(table),
                    DatabaseMetaData.tableIndexHashed,
                    position,
                    column.name(),
                    null,
                    null,
                    null,
                    null);
        }
        return rows;
    }

    private static MetadataTable rowIdentifiers(@Nullable TableDefinition table) {
        MetadataTable rows = MetadataTable.of("SCOPE SMALLINT, COLUMN_NAME, DATA_TYPE INTEGER, TYPE_NAME,"
                + " COLUMN_SIZE INTEGER, BUFFER_LENGTH INTEGER, DECIMAL_DIGITS SMALLINT, PSEUDO_COLUMN SMALLINT");
        for (ColumnDefinition column : key(table)) {
            JdbcType type = JdbcType.of(column.type());
            Integer digits = MetadataResults.digits(column.type(), type);
            rows.add(
                    (short) DatabaseMetaData.bestRowSession,
                    column.name(),
                    type.id(),
                    type.sqlName(),
                    type.columnSize(),
                    null,
                    digits == null ? null : digits.shortValue(),
                    (short) DatabaseMetaData.bestRowNotPseudo);
        }
        return rows;
    }

    /** The time at which a row was appended. */
    private MetadataTable pseudoColumns(
            @Nullable String schemaPattern, @Nullable String tablePattern, @Nullable String columnPattern) {
        MetadataTable table = MetadataTable.of("TABLE_CAT, TABLE_SCHEM, TABLE_NAME, COLUMN_NAME, DATA_TYPE INTEGER,"
                + " COLUMN_SIZE INTEGER, DECIMAL_DIGITS INTEGER, NUM_PREC_RADIX INTEGER, COLUMN_USAGE, REMARKS,"
                + " CHAR_OCTET_LENGTH INTEGER, IS_NULLABLE");
        if (!NamePattern.matches(schemaPattern, CatalogSnapshot.SCHEMA)
                || !NamePattern.matches(columnPattern, StreamDefinition.ROWTIME)) {
            return table;
        }
        DataType dataType = StreamDefinition.ROWTIME_TYPE;
        JdbcType type = JdbcType.of(dataType);
        for (StreamDefinition stream : catalog.streams()) {
            if (NamePattern.matches(tablePattern, stream.name())) {
                table.add(
                        null,
                        CatalogSnapshot.SCHEMA,
                        stream.name(),
                        StreamDefinition.ROWTIME,
                        type.id(),
                        type.columnSize(),
                        type.precision(),
                        null,
                        PseudoColumnUsage.NO_USAGE_RESTRICTIONS.name(),
                        "when the row was appended",
                        null,
                        "NO");
            }
        }
        return table;
    }
}
