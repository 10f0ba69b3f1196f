package io.millrace.server.avatica;

import io.millrace.plan.DataType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.calcite.avatica.ColumnMetaData;
import org.apache.calcite.avatica.Meta;
import org.apache.calcite.avatica.remote.Service.ResultSetResponse;
import org.jspecify.annotations.Nullable;

/** A result of {@code DatabaseMetaData}: columns as JDBC names them, rows in full. */
final class MetadataTable {
    private final List<ColumnMetaData> columns;
    private final List<Object> rows = new ArrayList<>();

    /** Where the result belongs: a statement of its own, which the server need not know. */
    record Target(String connectionId, int statementId) {}

    private MetadataTable(List<ColumnMetaData> columns) {
        this.columns = columns;
    }

    /** @param columns names, with a type where it is not VARCHAR, separated by commas */
    static MetadataTable of(String columns) {
        List<ColumnMetaData> described = new ArrayList<>();
        for (String column : columns.split(", *")) {
            String[] parts = column.split(" ");
            DataType type = parts.length == 1 ? DataType.varchar() : DataType.of(DataType.Kind.valueOf(parts[1]));
            described.add(Signatures.column(described.size(), parts[0], parts[0], null, type));
        }
        return new MetadataTable(described);
    }

    /** @param values as JDBC's column types want them: Integer, Short, Boolean or String */
    void add(@Nullable Object... values) {
        rows.add(Arrays.asList(values));
    }

    ResultSetResponse result(Target target) {
        Meta.Signature signature = new Meta.Signature(
                columns, "", List.of(), Map.of(), Meta.CursorFactory.LIST, Meta.StatementType.SELECT);
        return new ResultSetResponse(
                target.connectionId(), target.statementId(), true, signature, new Meta.Frame(0, true, rows), -1, null);
    }
}
