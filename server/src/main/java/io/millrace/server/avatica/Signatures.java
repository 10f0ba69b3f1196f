package io.millrace.server.avatica;

import io.millrace.plan.DataType;
import io.millrace.plan.OutputColumn;
import io.millrace.server.statement.PreparedSql;
import java.sql.DatabaseMetaData;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.calcite.avatica.AvaticaParameter;
import org.apache.calcite.avatica.ColumnMetaData;
import org.apache.calcite.avatica.Meta;
import org.jspecify.annotations.Nullable;

/** Describes statements: their columns and parameters. */
final class Signatures {
    private Signatures() {}

    static Meta.Signature of(PreparedSql statement) {
        return of(statement, statement.output());
    }

    static Meta.Signature of(PreparedSql statement, List<OutputColumn> output) {
        List<ColumnMetaData> columns = new ArrayList<>(output.size());
        for (OutputColumn column : output) {
            columns.add(column(columns.size(), column));
        }
        List<AvaticaParameter> parameters = new ArrayList<>();
        for (DataType type : statement.parameters()) {
            parameters.add(parameter(parameters.size() + 1, type));
        }
        return new Meta.Signature(
                columns, statement.sql(), parameters, Map.of(), Meta.CursorFactory.LIST, type(statement.kind()));
    }

    private static Meta.StatementType type(PreparedSql.Kind kind) {
        switch (kind) {
            case QUERY:
                return Meta.StatementType.SELECT;
            case UPDATE:
                return Meta.StatementType.INSERT;
            default:
                return Meta.StatementType.OTHER_DDL;
        }
    }

    private static ColumnMetaData column(int ordinal, OutputColumn column) {
        String name = column.column();
        return column(ordinal, column.label(), name == null ? column.label() : name, column.table(), column.type());
    }

    static ColumnMetaData column(int ordinal, String label, String name, @Nullable String table, DataType dataType) {
        JdbcType type = JdbcType.of(dataType);
        return new ColumnMetaData(
                ordinal,
                false,
                dataType.isCharacter(),
                true,
                false,
                dataType.nullable() ? DatabaseMetaData.columnNullable : DatabaseMetaData.columnNoNulls,
                type.signed(),
                type.displaySize(),
                label,
                name,
                table == null ? "" : MetadataResults.SCHEMA,
                type.precision(),
                type.scale(),
                table == null ? "" : table,
                "",
                type.avaticaType(),
                true,
                false,
                false,
                type.javaClass().getName());
    }

    private static AvaticaParameter parameter(int number, DataType dataType) {
        JdbcType type = JdbcType.of(dataType);
        return new AvaticaParameter(
                type.signed(),
                type.precision(),
                type.scale(),
                type.id(),
                type.name(),
                type.javaClass().getName(),
                "?" + number);
    }
}
