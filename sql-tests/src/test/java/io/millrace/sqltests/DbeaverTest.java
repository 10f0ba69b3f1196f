package io.millrace.sqltests;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The calls that DBeaver's generic driver makes when it connects, shows the tree and opens a table, in its order. */
@Timeout(60)
class DbeaverTest {
    private ClientServer millrace;
    private Connection connection;
    private DatabaseMetaData metaData;

    @BeforeEach
    void connect(@TempDir Path data) throws Exception {
        millrace = new ClientServer(data);
        assertThat(DriverManager.getDriver(millrace.url()).getPropertyInfo(millrace.url(), new Properties()))
                .isNotEmpty();
        Properties properties = new Properties();
        properties.setProperty("user", "ann");
        properties.setProperty("password", "secret");
        connection = DriverManager.getConnection(millrace.url(), properties);
        metaData = connection.getMetaData();
    }

    @AfterEach
    void disconnect() throws Exception {
        connection.close();
        millrace.close();
    }

    private static List<String> column(ResultSet rows, String label) throws SQLException {
        List<String> values = new ArrayList<>();
        try (rows) {
            while (rows.next()) {
                values.add(rows.getString(label));
            }
        }
        return values;
    }

    @Test
    void readsTheStateOfTheConnection() throws Exception {
        connection.setAutoCommit(true);
        assertThat(connection.getAutoCommit()).isTrue();
        assertThat(connection.getTransactionIsolation()).isEqualTo(Connection.TRANSACTION_SERIALIZABLE);
        assertThat(column(metaData.getClientInfoProperties(), "NAME")).isEmpty();
        assertThat((Object) connection.getWarnings()).isNull();
        assertThat(connection.getCatalog()).isNull();
        assertThat(connection.getSchema()).isEqualTo("public");
        connection.setReadOnly(true);
        connection.setReadOnly(false);
        assertThat(connection.isValid(5)).isTrue();
    }

    @Test
    void findsOutWhatTheDatabaseIs() throws Exception {
        assertThat(metaData.isReadOnly()).isFalse();
        assertThat(metaData.getDatabaseProductName()).isEqualTo("Millrace");
        assertThat(metaData.getDatabaseProductVersion()).isNotBlank();
        assertThat(metaData.getDriverName() + " " + metaData.getDriverVersion()).startsWith("Millrace JDBC Driver 0");
        assertThat(metaData.getDatabaseMajorVersion()).isNotNegative();
        assertThat(metaData.getDatabaseMinorVersion()).isNotNegative();
        assertThat(metaData.getSchemaTerm()).isEqualTo("schema");
        assertThat(metaData.supportsBatchUpdates()).isTrue();
        assertThat(metaData.supportsTransactionIsolationLevel(metaData.getDefaultTransactionIsolation()))
                .isTrue();
        assertThat(metaData.getIdentifierQuoteString()).isEqualTo("\"");
        assertThat(metaData.supportsMixedCaseIdentifiers()).isFalse();
        assertThat(metaData.storesUpperCaseIdentifiers()).isFalse();
        assertThat(metaData.getSearchStringEscape()).isEqualTo("\\");
        assertThat(metaData.supportsSchemasInDataManipulation()).isTrue();
        assertThat(metaData.supportsCatalogsInDataManipulation()).isFalse();
        assertThat(metaData.getSQLKeywords()).contains("EMIT");
        assertThat(metaData.getNumericFunctions()).contains("ABS");
    }

    @Test
    void showsTheTree() throws Exception {
        List<String> types = column(metaData.getTypeInfo(), "TYPE_NAME");
        assertThat(types).contains("BIGINT", "DECIMAL", "VARCHAR", "TIMESTAMP");
        assertThat(column(metaData.getCatalogs(), "TABLE_CAT")).isEmpty();
        assertThat(column(metaData.getSchemas(), "TABLE_SCHEM")).contains("public");
        assertThat(column(metaData.getTableTypes(), "TABLE_TYPE")).contains("STREAM");
        assertThat(column(metaData.getTables(null, "public", "%", null), "TABLE_NAME"))
                .contains("events");
        assertThat(column(metaData.getColumns(null, "public", "events", "%"), "TYPE_NAME"))
                .isSubsetOf(types)
                .containsExactly("BIGINT", "VARCHAR", "DECIMAL", "TIMESTAMP");
        assertThat(column(metaData.getPrimaryKeys(null, "public", "events"), "COLUMN_NAME"))
                .isEmpty();
        assertThat(column(metaData.getIndexInfo(null, "public", "events", false, true), "INDEX_NAME"))
                .isEmpty();
        assertThat(column(metaData.getImportedKeys(null, "public", "events"), "FK_NAME"))
                .isEmpty();
        assertThat(column(metaData.getExportedKeys(null, "public", "events"), "FK_NAME"))
                .isEmpty();
        assertThat(column(metaData.getProcedures(null, "public", "%"), "PROCEDURE_NAME"))
                .isEmpty();
    }

    @Test
    void opensATable() throws Exception {
        for (long id = 0; id < 3; id++) {
            millrace.feed(id);
        }
        try (Statement statement =
                connection.createStatement(ResultSet.TYPE_FORWARD_ONLY, ResultSet.CONCUR_READ_ONLY)) {
            statement.setMaxRows(2);
            statement.setFetchSize(200);
            statement.setQueryTimeout(10);
            statement.setEscapeProcessing(false);
            assertThat(statement.execute("SELECT x.* FROM public.events x")).isTrue();
            assertThat((Object) statement.getWarnings()).isNull();
            try (ResultSet rows = statement.getResultSet()) {
                rows.setFetchSize(200);
                assertThat(rows.getMetaData().getTableName(1)).isEqualTo("events");
                assertThat((Object) rows.getWarnings()).isNull();
                assertThat(Rows.next(rows, 3)).hasSize(2);
            }
            assertThat(statement.getMoreResults()).isFalse();
            assertThat(statement.getUpdateCount()).isEqualTo(-1);
            assertThat(statement.execute("SELECT COUNT(*) FROM public.events")).isTrue();
        }
    }

    @Test
    void asksForAScrollableResultAndIsToldThatThereIsNone() throws Exception {
        try (Statement statement =
                connection.createStatement(ResultSet.TYPE_SCROLL_INSENSITIVE, ResultSet.CONCUR_UPDATABLE)) {
            assertThat(statement.getResultSetType()).isEqualTo(ResultSet.TYPE_FORWARD_ONLY);
            assertThat(statement.getResultSetConcurrency()).isEqualTo(ResultSet.CONCUR_READ_ONLY);
            assertThat(connection.getWarnings().getMessage()).contains("scrolled");
            assertThat(connection.getWarnings().getNextWarning().getMessage()).contains("updated");
            connection.clearWarnings();
            assertThat((Object) connection.getWarnings()).isNull();
        }
    }

    @Test
    void stopsAQueryThatDoesNotEnd() throws Exception {
        try (Statement statement = connection.createStatement()) {
            statement.setMaxRows(200);
            assertThat(statement.execute("SELECT STREAM id FROM events")).isTrue();
            ResultSet rows = statement.getResultSet();
            millrace.feed(1);
            assertThat(Rows.next(rows, 1)).containsExactly("1");
            statement.cancel();
            rows.close();
        }
        millrace.server.awaitRunningQueries(0);
        assertThat(connection.isValid(1)).isTrue();
    }
}
