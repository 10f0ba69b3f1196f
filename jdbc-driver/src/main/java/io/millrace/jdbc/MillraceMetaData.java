package io.millrace.jdbc;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import org.apache.calcite.avatica.Meta;
import org.apache.calcite.avatica.remote.Service;
import org.jspecify.annotations.Nullable;

/** What there is in the server, and what it can do. There are schemas, but no catalogs. */
final class MillraceMetaData extends LimitMetaData {
    MillraceMetaData(MillraceConnection connection) {
        super(connection);
    }

    /** In no catalog, which a pattern of all also says, though JDBC knows no patterns of catalogs. */
    private static boolean isHere(@Nullable String catalog) {
        return catalog == null || catalog.isEmpty() || catalog.equals("%");
    }

    private ResultSet none(Meta.Signature columns) throws SQLException {
        connection.checkOpen();
        return connection.rowsOfMetadata(columns, Meta.Frame.EMPTY);
    }

    private ResultSet rows(Function<String, Service.Request> request) throws SQLException {
        connection.checkOpen();
        return rows(connection.session().rows(request));
    }

    private ResultSet rows(MetadataQuestion question, @Nullable String catalog, @Nullable String... arguments)
            throws SQLException {
        connection.checkOpen();
        Service.ResultSetResponse answer = connection.session().describe(question, arguments);
        return isHere(catalog) ? rows(answer) : connection.rowsOfMetadata(answer.signature, Meta.Frame.EMPTY);
    }

    private ResultSet rows(Service.ResultSetResponse answer) throws SQLException {
        return connection.rowsOfMetadata(answer.signature, answer.firstFrame);
    }

    private static @Nullable String name(@Nullable String schema, @Nullable String catalog) {
        // nothing is in the schema of no name
        return isHere(catalog) ? schema : "";
    }

    // schemas and what is in them

    @Override
    public ResultSet getCatalogs() throws SQLException {
        return none(MetadataColumns.CATALOGS);
    }

    @Override
    public ResultSet getSchemas() throws SQLException {
        return getSchemas(null, null);
    }

    @Override
    public ResultSet getSchemas(@Nullable String catalog, @Nullable String schemaPattern) throws SQLException {
        return rows(id -> new Service.SchemasRequest(id, null, name(schemaPattern, catalog)));
    }

    @Override
    public ResultSet getTableTypes() throws SQLException {
        return rows(Service.TableTypesRequest::new);
    }

    @Override
    public ResultSet getTables(
            @Nullable String catalog,
            @Nullable String schemaPattern,
            @Nullable String tablePattern,
            String @Nullable [] types)
            throws SQLException {
        List<String> typeList = types == null ? null : Arrays.asList(types);
        return rows(id -> new Service.TablesRequest(id, null, name(schemaPattern, catalog), tablePattern, typeList));
    }

    @Override
    public ResultSet getColumns(
            @Nullable String catalog,
            @Nullable String schemaPattern,
            @Nullable String tablePattern,
            @Nullable String columnPattern)
            throws SQLException {
        return rows(
                id -> new Service.ColumnsRequest(id, null, name(schemaPattern, catalog), tablePattern, columnPattern));
    }

    @Override
    public ResultSet getPseudoColumns(
            @Nullable String catalog,
            @Nullable String schemaPattern,
            @Nullable String tablePattern,
            @Nullable String columnPattern)
            throws SQLException {
        return rows(MetadataQuestion.PSEUDO_COLUMNS, catalog, schemaPattern, tablePattern, columnPattern);
    }

    @Override
    public ResultSet getTypeInfo() throws SQLException {
        return rows(Service.TypeInfoRequest::new);
    }

    // keys

    @Override
    public ResultSet getPrimaryKeys(@Nullable String catalog, @Nullable String schema, String table)
            throws SQLException {
        return rows(MetadataQuestion.PRIMARY_KEYS, catalog, schema, table);
    }

    /** The index of the primary key. */
    @Override
    public ResultSet getIndexInfo(
            @Nullable String catalog, @Nullable String schema, String table, boolean unique, boolean approximate)
            throws SQLException {
        return rows(MetadataQuestion.INDEXES, catalog, schema, table);
    }

    /** The columns of the primary key, which identify a row for as long as it exists. */
    @Override
    public ResultSet getBestRowIdentifier(
            @Nullable String catalog, @Nullable String schema, String table, int scope, boolean nullable)
            throws SQLException {
        return rows(MetadataQuestion.ROW_IDENTIFIERS, catalog, schema, table);
    }

    @Override
    public ResultSet getVersionColumns(@Nullable String catalog, @Nullable String schema, String table)
            throws SQLException {
        return none(MetadataColumns.VERSION_COLUMNS);
    }

    @Override
    public ResultSet getImportedKeys(@Nullable String catalog, @Nullable String schema, String table)
            throws SQLException {
        return none(MetadataColumns.FOREIGN_KEYS);
    }

    @Override
    public ResultSet getExportedKeys(@Nullable String catalog, @Nullable String schema, String table)
            throws SQLException {
        return none(MetadataColumns.FOREIGN_KEYS);
    }

    @Override
    public ResultSet getCrossReference(
            @Nullable String parentCatalog,
            @Nullable String parentSchema,
            String parentTable,
            @Nullable String foreignCatalog,
            @Nullable String foreignSchema,
            String foreignTable)
            throws SQLException {
        return none(MetadataColumns.FOREIGN_KEYS);
    }

    // functions and procedures

    @Override
    public ResultSet getFunctions(
            @Nullable String catalog, @Nullable String schemaPattern, @Nullable String functionPattern)
            throws SQLException {
        return rows(MetadataQuestion.FUNCTIONS, catalog, schemaPattern, functionPattern);
    }

    @Override
    public ResultSet getFunctionColumns(
            @Nullable String catalog,
            @Nullable String schemaPattern,
            @Nullable String functionPattern,
            @Nullable String columnPattern)
            throws SQLException {
        return rows(MetadataQuestion.FUNCTION_COLUMNS, catalog, schemaPattern, functionPattern, columnPattern);
    }

    @Override
    public ResultSet getProcedures(
            @Nullable String catalog, @Nullable String schemaPattern, @Nullable String procedurePattern)
            throws SQLException {
        return none(MetadataColumns.PROCEDURES);
    }

    @Override
    public ResultSet getProcedureColumns(
            @Nullable String catalog,
            @Nullable String schemaPattern,
            @Nullable String procedurePattern,
            @Nullable String columnPattern)
            throws SQLException {
        return none(MetadataColumns.PROCEDURE_COLUMNS);
    }

    // what there is none of

    @Override
    public ResultSet getColumnPrivileges(
            @Nullable String catalog, @Nullable String schema, String table, @Nullable String columnPattern)
            throws SQLException {
        return none(MetadataColumns.COLUMN_PRIVILEGES);
    }

    @Override
    public ResultSet getTablePrivileges(
            @Nullable String catalog, @Nullable String schemaPattern, @Nullable String tablePattern)
            throws SQLException {
        return none(MetadataColumns.TABLE_PRIVILEGES);
    }

    @Override
    public ResultSet getUDTs(
            @Nullable String catalog,
            @Nullable String schemaPattern,
            @Nullable String typePattern,
            int @Nullable [] types)
            throws SQLException {
        return none(MetadataColumns.USER_TYPES);
    }

    @Override
    public ResultSet getSuperTypes(
            @Nullable String catalog, @Nullable String schemaPattern, @Nullable String typePattern)
            throws SQLException {
        return none(MetadataColumns.SUPER_TYPES);
    }

    @Override
    public ResultSet getSuperTables(
            @Nullable String catalog, @Nullable String schemaPattern, @Nullable String tablePattern)
            throws SQLException {
        return none(MetadataColumns.SUPER_TABLES);
    }

    @Override
    public ResultSet getAttributes(
            @Nullable String catalog,
            @Nullable String schemaPattern,
            @Nullable String typePattern,
            @Nullable String attributePattern)
            throws SQLException {
        return none(MetadataColumns.ATTRIBUTES);
    }

    @Override
    public ResultSet getClientInfoProperties() throws SQLException {
        return none(MetadataColumns.CLIENT_INFO);
    }
}
