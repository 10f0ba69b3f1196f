package io.millrace.sqltests;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Types;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What tools ask before they show anything. */
@Timeout(30)
class MetadataTest {
    private LocalServer server;
    private Connection connection;
    private DatabaseMetaData metaData;

    @BeforeEach
    void start(@TempDir Path data) throws Exception {
        server = new LocalServer(data);
        server.run(
                "CREATE STREAM orders (id BIGINT NOT NULL, price DECIMAL(10, 2), \"Note\" VARCHAR(20))",
                "CREATE STREAM order_lines (id BIGINT)");
        connection = server.connect("?user=ann&password=secret");
        metaData = connection.getMetaData();
    }

    @AfterEach
    void stop() throws Exception {
        connection.close();
        server.close();
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
    void listsStreamsAsTables() throws Exception {
        assertThat(column(metaData.getTables(null, null, "%", null), "TABLE_NAME"))
                .contains("orders", "order_lines");
        assertThat(column(metaData.getTables(null, "%", "ord%s", null), "TABLE_NAME"))
                .containsExactlyInAnyOrder("orders", "order_lines");
        assertThat(column(metaData.getTables(null, null, "order\\_%", null), "TABLE_NAME"))
                .containsExactly("order_lines");
        List<String> types = column(metaData.getTableTypes(), "TABLE_TYPE");
        assertThat(types).isNotEmpty();
        assertThat(column(metaData.getTables(null, null, "orders", types.toArray(new String[0])), "TABLE_NAME"))
                .containsExactly("orders");
        assertThat(column(metaData.getTables(null, null, "%", new String[] {"VIEW"}), "TABLE_NAME"))
                .isEmpty();
        assertThat(column(metaData.getSchemas(), "TABLE_SCHEM")).containsExactly("public", "sys");
        assertThat(column(metaData.getCatalogs(), "TABLE_CAT")).hasSizeLessThanOrEqualTo(1);
    }

    @Test
    void describesColumns() throws Exception {
        try (ResultSet rows = metaData.getColumns(null, null, "orders", "%")) {
            assertThat(rows.next()).isTrue();
            assertThat(rows.getString("COLUMN_NAME")).isEqualTo("id");
            assertThat(rows.getInt("DATA_TYPE")).isEqualTo(Types.BIGINT);
            assertThat(rows.getString("TYPE_NAME")).isEqualTo("BIGINT");
            assertThat(rows.getInt("NULLABLE")).isEqualTo(DatabaseMetaData.columnNoNulls);
            assertThat(rows.getInt("ORDINAL_POSITION")).isEqualTo(1);
            assertThat(rows.next()).isTrue();
            assertThat(rows.getInt("COLUMN_SIZE")).isEqualTo(10);
            assertThat(rows.getInt("DECIMAL_DIGITS")).isEqualTo(2);
            assertThat(rows.getString("IS_NULLABLE")).isEqualTo("YES");
            assertThat(rows.next()).isTrue();
            assertThat(rows.getString("COLUMN_NAME")).isEqualTo("Note");
            assertThat(rows.getInt("COLUMN_SIZE")).isEqualTo(20);
        }
    }

    @Test
    void answersWhatToolsAskThoughThereIsNone() throws Exception {
        assertThat(column(metaData.getPrimaryKeys(null, null, "orders"), "COLUMN_NAME"))
                .isEmpty();
        assertThat(column(metaData.getImportedKeys(null, null, "orders"), "FK_NAME"))
                .isEmpty();
        assertThat(column(metaData.getExportedKeys(null, null, "orders"), "FK_NAME"))
                .isEmpty();
        assertThat(column(metaData.getIndexInfo(null, null, "orders", false, true), "INDEX_NAME"))
                .isEmpty();
        assertThat(column(metaData.getProcedures(null, null, "%"), "PROCEDURE_NAME"))
                .isEmpty();
        assertThat(column(metaData.getFunctions(null, null, "%"), "FUNCTION_NAME"))
                .contains("ABS", "COUNT", "TUMBLE")
                .isSorted();
        assertThat(column(metaData.getTypeInfo(), "TYPE_NAME")).contains("BIGINT", "VARCHAR", "TIMESTAMP");
    }

    @Test
    void tellsOfTheProduct() throws Exception {
        assertThat(metaData.getDatabaseProductName()).isEqualTo("Millrace");
        assertThat(metaData.getDatabaseProductVersion()).isNotBlank();
        assertThat(metaData.getDriverName()).isEqualTo("Millrace JDBC Driver");
        assertThat(metaData.getIdentifierQuoteString()).isEqualTo("\"");
        assertThat(metaData.getURL()).isEqualTo("jdbc:millrace://127.0.0.1:" + server.port());
        assertThat(metaData.supportsTransactions()).isTrue();
        assertThat(metaData.isReadOnly()).isFalse();
        assertThat(metaData.supportsTransactionIsolationLevel(metaData.getDefaultTransactionIsolation()))
                .isTrue();
        assertThat(metaData.storesMixedCaseIdentifiers()).isTrue();
        assertThat(metaData.getSQLKeywords()).isNotNull();
        assertThat(metaData.getSearchStringEscape()).isEqualTo("\\");
        assertThat(metaData.getConnection()).isSameAs(connection);
        assertThat(connection.isValid(5)).isTrue();
        connection.close();
        assertThat(connection.isValid(5)).isFalse();
    }

    @Test
    void describesAResultBeforeItsFirstRow() throws Exception {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT STREAM id, price AS cost, \"Note\" FROM orders")) {
            ResultSetMetaData result = rows.getMetaData();
            assertThat(result.getColumnCount()).isEqualTo(3);
            assertThat(result.getColumnLabel(2)).isEqualTo("cost");
            assertThat(result.getColumnType(2)).isEqualTo(Types.DECIMAL);
            assertThat(result.getPrecision(2)).isEqualTo(10);
            assertThat(result.getScale(2)).isEqualTo(2);
            assertThat(result.getColumnClassName(1)).isEqualTo(Long.class.getName());
            assertThat(result.isNullable(1)).isEqualTo(ResultSetMetaData.columnNoNulls);
            assertThat(result.getColumnDisplaySize(3)).isEqualTo(20);
        }
    }
}
