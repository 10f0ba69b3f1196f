package io.millrace.server.avatica;

import io.millrace.planner.FunctionCatalog;
import io.millrace.planner.FunctionDescription;
import java.sql.DatabaseMetaData;
import java.sql.Types;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Functions as JDBC describes them. They are in no schema; most take values of several types. */
final class FunctionTables {
    private static final String ANY = "ANY";

    private FunctionTables() {}

    static MetadataTable functions(@Nullable String schemaPattern, @Nullable String namePattern) {
        MetadataTable table = MetadataTable.of(
                "FUNCTION_CAT, FUNCTION_SCHEM, FUNCTION_NAME, REMARKS," + " FUNCTION_TYPE SMALLINT, SPECIFIC_NAME");
        for (FunctionDescription function : find(schemaPattern, namePattern)) {
            int type = function.kind() == FunctionDescription.Kind.TABLE
                    ? DatabaseMetaData.functionReturnsTable
                    : DatabaseMetaData.functionNoTable;
            table.add(null, null, function.name(), function.signature(), (short) type, function.name());
        }
        return table;
    }

    static MetadataTable parameters(
            @Nullable String schemaPattern, @Nullable String namePattern, @Nullable String columnPattern) {
        MetadataTable table = MetadataTable.of("FUNCTION_CAT, FUNCTION_SCHEM, FUNCTION_NAME, COLUMN_NAME,"
                + " COLUMN_TYPE SMALLINT, DATA_TYPE INTEGER, TYPE_NAME, PRECISION INTEGER, LENGTH INTEGER,"
                + " SCALE SMALLINT, RADIX SMALLINT, NULLABLE SMALLINT, REMARKS, CHAR_OCTET_LENGTH INTEGER,"
                + " ORDINAL_POSITION INTEGER, IS_NULLABLE, SPECIFIC_NAME");
        for (FunctionDescription function : find(schemaPattern, namePattern)) {
            List<String> names = names(function.signature());
            add(table, function, "", DatabaseMetaData.functionReturn, 0, columnPattern);
            for (int i = 0; i < names.size(); i++) {
                add(table, function, names.get(i), DatabaseMetaData.functionColumnIn, i + 1, columnPattern);
            }
        }
        return table;
    }

    private static List<FunctionDescription> find(@Nullable String schemaPattern, @Nullable String namePattern) {
        return FunctionCatalog.functions().stream()
                .filter(function ->
                        NamePattern.matches(schemaPattern, "") && NamePattern.matches(namePattern, function.name()))
                .toList();
    }

    /** The names between the parentheses of a signature, in which brackets stand around what may be left out. */
    private static List<String> names(String signature) {
        List<String> names = new ArrayList<>();
        int open = signature.indexOf('(');
        int close = signature.lastIndexOf(')');
        if (open < 0 || close < open) {
            return names;
        }
        for (String part : signature.substring(open + 1, close).split(",")) {
            String name = part.replace("[", "").replace("]", "").strip();
            if (!name.isEmpty()) {
                names.add(name);
            }
        }
        return names;
    }

    private static void add(
            MetadataTable table,
            FunctionDescription function,
            String name,
            int kind,
            int position,
            @Nullable String columnPattern) {
        if (!NamePattern.matches(columnPattern, name)) {
            return;
        }
        table.add(
                null,
                null,
                function.name(),
                name,
                (short) kind,
                Types.OTHER,
                ANY,
                null,
                null,
                null,
                null,
                (short) DatabaseMetaData.functionNullableUnknown,
                null,
                null,
                position,
                "",
                function.name());
    }
}
