package io.millrace.sqltests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every method of DatabaseMetaData, by reflection; what is claimed, by trying it. */
@Timeout(60)
class DatabaseMetaDataTest {
    /** The columns that JDBC lists for each result, in its order. */
    private static final Map<String, String> COLUMNS = new TreeMap<>(Map.ofEntries(
            Map.entry("getCatalogs", "TABLE_CAT"),
            Map.entry("getSchemas", "TABLE_SCHEM TABLE_CATALOG"),
            Map.entry("getTableTypes", "TABLE_TYPE"),
            Map.entry(
                    "getTables",
                    "TABLE_CAT TABLE_SCHEM TABLE_NAME TABLE_TYPE REMARKS TYPE_CAT TYPE_SCHEM TYPE_NAME"
                            + " SELF_REFERENCING_COL_NAME REF_GENERATION"),
            Map.entry(
                    "getColumns",
                    "TABLE_CAT TABLE_SCHEM TABLE_NAME COLUMN_NAME DATA_TYPE TYPE_NAME COLUMN_SIZE BUFFER_LENGTH"
                            + " DECIMAL_DIGITS NUM_PREC_RADIX NULLABLE REMARKS COLUMN_DEF SQL_DATA_TYPE"
                            + " SQL_DATETIME_SUB CHAR_OCTET_LENGTH ORDINAL_POSITION IS_NULLABLE SCOPE_CATALOG"
                            + " SCOPE_SCHEMA SCOPE_TABLE SOURCE_DATA_TYPE IS_AUTOINCREMENT IS_GENERATEDCOLUMN"),
            Map.entry(
                    "getPseudoColumns",
                    "TABLE_CAT TABLE_SCHEM TABLE_NAME COLUMN_NAME DATA_TYPE COLUMN_SIZE DECIMAL_DIGITS"
                            + " NUM_PREC_RADIX COLUMN_USAGE REMARKS CHAR_OCTET_LENGTH IS_NULLABLE"),
            Map.entry(
                    "getColumnPrivileges",
                    "TABLE_CAT TABLE_SCHEM TABLE_NAME COLUMN_NAME GRANTOR GRANTEE PRIVILEGE IS_GRANTABLE"),
            Map.entry("getTablePrivileges", "TABLE_CAT TABLE_SCHEM TABLE_NAME GRANTOR GRANTEE PRIVILEGE IS_GRANTABLE"),
            Map.entry(
                    "getBestRowIdentifier",
                    "SCOPE COLUMN_NAME DATA_TYPE TYPE_NAME COLUMN_SIZE BUFFER_LENGTH DECIMAL_DIGITS PSEUDO_COLUMN"),
            Map.entry(
                    "getVersionColumns",
                    "SCOPE COLUMN_NAME DATA_TYPE TYPE_NAME COLUMN_SIZE BUFFER_LENGTH DECIMAL_DIGITS PSEUDO_COLUMN"),
            Map.entry("getPrimaryKeys", "TABLE_CAT TABLE_SCHEM TABLE_NAME COLUMN_NAME KEY_SEQ PK_NAME"),
            Map.entry(
                    "getIndexInfo",
                    "TABLE_CAT TABLE_SCHEM TABLE_NAME NON_UNIQUE INDEX_QUALIFIER INDEX_NAME TYPE ORDINAL_POSITION"
                            + " COLUMN_NAME ASC_OR_DESC CARDINALITY PAGES FILTER_CONDITION"),
            Map.entry("getImportedKeys", foreignKeys()),
            Map.entry("getExportedKeys", foreignKeys()),
            Map.entry("getCrossReference", foreignKeys()),
            Map.entry(
                    "getTypeInfo",
                    "TYPE_NAME DATA_TYPE PRECISION LITERAL_PREFIX LITERAL_SUFFIX CREATE_PARAMS NULLABLE CASE_SENSITIVE"
                            + " SEARCHABLE UNSIGNED_ATTRIBUTE FIXED_PREC_SCALE AUTO_INCREMENT LOCAL_TYPE_NAME"
                            + " MINIMUM_SCALE MAXIMUM_SCALE SQL_DATA_TYPE SQL_DATETIME_SUB NUM_PREC_RADIX"),
            Map.entry(
                    "getProcedures",
                    "PROCEDURE_CAT PROCEDURE_SCHEM PROCEDURE_NAME RESERVED1 RESERVED2 RESERVED3 REMARKS"
                            + " PROCEDURE_TYPE SPECIFIC_NAME"),
            Map.entry(
                    "getProcedureColumns",
                    "PROCEDURE_CAT PROCEDURE_SCHEM PROCEDURE_NAME COLUMN_NAME COLUMN_TYPE DATA_TYPE TYPE_NAME"
                            + " PRECISION LENGTH SCALE RADIX NULLABLE REMARKS COLUMN_DEF SQL_DATA_TYPE"
                            + " SQL_DATETIME_SUB CHAR_OCTET_LENGTH ORDINAL_POSITION IS_NULLABLE SPECIFIC_NAME"),
            Map.entry("getFunctions", "FUNCTION_CAT FUNCTION_SCHEM FUNCTION_NAME REMARKS FUNCTION_TYPE SPECIFIC_NAME"),
            Map.entry(
                    "getFunctionColumns",
                    "FUNCTION_CAT FUNCTION_SCHEM FUNCTION_NAME COLUMN_NAME COLUMN_TYPE DATA_TYPE TYPE_NAME PRECISION"
                            + " LENGTH SCALE RADIX NULLABLE REMARKS CHAR_OCTET_LENGTH ORDINAL_POSITION IS_NULLABLE"
                            + " SPECIFIC_NAME"),
            Map.entry("getUDTs", "TYPE_CAT TYPE_SCHEM TYPE_NAME CLASS_NAME DATA_TYPE REMARKS BASE_TYPE"),
            Map.entry("getSuperTypes", "TYPE_CAT TYPE_SCHEM TYPE_NAME SUPERTYPE_CAT SUPERTYPE_SCHEM SUPERTYPE_NAME"),
            Map.entry("getSuperTables", "TABLE_CAT TABLE_SCHEM TABLE_NAME SUPERTABLE_NAME"),
            Map.entry(
                    "getAttributes",
                    "TYPE_CAT TYPE_SCHEM TYPE_NAME ATTR_NAME DATA_TYPE ATTR_TYPE_NAME ATTR_SIZE DECIMAL_DIGITS"
                            + " NUM_PREC_RADIX NULLABLE REMARKS ATTR_DEF SQL_DATA_TYPE SQL_DATETIME_SUB"
                            + " CHAR_OCTET_LENGTH ORDINAL_POSITION IS_NULLABLE SCOPE_CATALOG SCOPE_SCHEMA SCOPE_TABLE"
                            + " SOURCE_DATA_TYPE"),
            Map.entry("getClientInfoProperties", "NAME MAX_LEN DEFAULT_VALUE DESCRIPTION")));

    private static LocalServer server;
    private static Connection connection;
    private static DatabaseMetaData metaData;

    private static String foreignKeys() {
        return "PKTABLE_CAT PKTABLE_SCHEM PKTABLE_NAME PKCOLUMN_NAME FKTABLE_CAT FKTABLE_SCHEM FKTABLE_NAME"
                + " FKCOLUMN_NAME KEY_SEQ UPDATE_RULE DELETE_RULE FK_NAME PK_NAME DEFERRABILITY";
    }

    @BeforeAll
    static void start(@TempDir Path data) throws Exception {
        server = new LocalServer(data);
        server.run("CREATE STREAM s (id BIGINT NOT NULL, price DECIMAL(10, 2), name VARCHAR(20), ts TIMESTAMP(3))");
        connection = server.connect("?user=ann&password=secret");
        metaData = connection.getMetaData();
    }

    @AfterAll
    static void stop() throws Exception {
        connection.close();
        server.close();
    }

    private static Object[] arguments(Method method, boolean all) {
        Class<?>[] types = method.getParameterTypes();
        Object[] arguments = new Object[types.length];
        for (int i = 0; i < types.length; i++) {
            if (types[i] == int.class) {
                arguments[i] = 1;
            } else if (types[i] == boolean.class) {
                arguments[i] = true;
            } else if (types[i] == String.class && !all) {
                arguments[i] = i == 2 ? "s" : null;
            }
        }
        return arguments;
    }

    private static Stream<Method> methods() {
        return Stream.of(DatabaseMetaData.class.getMethods())
                .filter(method ->
                        !method.getName().equals("unwrap") && !method.getName().equals("isWrapperFor"));
    }

    @ParameterizedTest
    @MethodSource("methods")
    void answersEachOfItsMethods(Method method) throws Exception {
        for (boolean all : new boolean[] {true, false}) {
            Object answer = call(method, arguments(method, all));
            if (answer instanceof ResultSet rows) {
                assertThat(names(rows.getMetaData())).isEqualTo(COLUMNS.get(method.getName()));
                readAll(rows);
                rows.close();
                assertThat(rows.isClosed()).isTrue();
            } else if (!method.getName().equals("getUserName")) {
                assertThat(answer).isNotNull();
            }
        }
    }

    private static Object call(Method method, Object[] arguments) throws Exception {
        try {
            return method.invoke(metaData, arguments);
        } catch (InvocationTargetException thrown) {
            throw new AssertionError(method.getName(), thrown.getCause());
        }
    }

    private static String names(ResultSetMetaData result) throws SQLException {
        List<String> names = new ArrayList<>();
        for (int i = 1; i <= result.getColumnCount(); i++) {
            names.add(result.getColumnLabel(i));
        }
        return String.join(" ", names);
    }

    private static void readAll(ResultSet rows) throws SQLException {
        while (rows.next()) {
            for (int i = 1; i <= rows.getMetaData().getColumnCount(); i++) {
                rows.getObject(i);
                rows.getString(i);
            }
        }
    }

    static Stream<Arguments> claims() {
        return Stream.of(
                Arguments.of("supportsOuterJoins", "SELECT a.id FROM s a LEFT JOIN s b ON a.id = b.id"),
                Arguments.of("supportsLimitedOuterJoins", "SELECT a.id FROM s a LEFT JOIN s b ON a.id = b.id"),
                Arguments.of("supportsFullOuterJoins", "SELECT a.id FROM s a FULL JOIN s b ON a.id = b.id"),
                Arguments.of("supportsUnion", "SELECT id FROM s UNION SELECT id FROM s"),
                Arguments.of("supportsUnionAll", "SELECT id FROM s UNION ALL SELECT id FROM s"),
                Arguments.of("supportsSubqueriesInIns", "SELECT id FROM s WHERE id IN (SELECT id FROM s)"),
                Arguments.of(
                        "supportsSubqueriesInExists", "SELECT id FROM s WHERE EXISTS (SELECT 1 FROM s WHERE id > 1)"),
                Arguments.of("supportsSubqueriesInComparisons", "SELECT id FROM s WHERE id = (SELECT MAX(id) FROM s)"),
                Arguments.of("supportsSubqueriesInQuantifieds", "SELECT id FROM s WHERE id > ALL (SELECT id FROM s)"),
                Arguments.of(
                        "supportsCorrelatedSubqueries",
                        "SELECT id FROM s a WHERE EXISTS (SELECT 1 FROM s b WHERE b.id = a.id)"),
                Arguments.of("supportsGroupBy", "SELECT name FROM s GROUP BY name"),
                Arguments.of("supportsGroupByUnrelated", "SELECT COUNT(*) FROM s GROUP BY name"),
                Arguments.of("supportsGroupByBeyondSelect", "SELECT name FROM s GROUP BY name, id"),
                Arguments.of("supportsOrderByUnrelated", "SELECT name FROM s ORDER BY id"),
                Arguments.of("supportsExpressionsInOrderBy", "SELECT name FROM s ORDER BY id + 1"),
                Arguments.of("supportsColumnAliasing", "SELECT name AS n FROM s"),
                Arguments.of("supportsTableCorrelationNames", "SELECT x.name FROM s AS x"),
                Arguments.of("supportsLikeEscapeClause", "SELECT name FROM s WHERE name LIKE 'a!%' ESCAPE '!'"),
                Arguments.of("supportsSchemasInDataManipulation", "SELECT public.s.id FROM public.s"),
                Arguments.of("nullPlusNonNullIsNull", "SELECT NULL + 1"));
    }

    @ParameterizedTest
    @MethodSource("claims")
    void canDoWhatItClaims(String claim, String sql) throws Exception {
        boolean claimed = (boolean) DatabaseMetaData.class.getMethod(claim).invoke(metaData);
        try (Statement statement = connection.createStatement()) {
            if (claimed) {
                Rows.of(statement, sql);
            }
        }
    }

    @Test
    void claimsTheOrderThatNullsHave() throws Exception {
        server.run("CREATE STREAM nulls (n BIGINT)", "INSERT INTO nulls VALUES (1), (NULL)");
        assertThat(server.rows("SELECT n FROM nulls ORDER BY n")).containsExactly("1", "NULL");
        assertThat(server.rows("SELECT n FROM nulls ORDER BY n DESC")).containsExactly("NULL", "1");
        assertThat(metaData.nullsAreSortedHigh()).isTrue();
        server.run("DROP STREAM nulls");
    }

    @Test
    void knowsItsLimits() throws Exception {
        String longest = "n".repeat(metaData.getMaxTableNameLength());
        server.run("CREATE STREAM " + longest + " (" + longest + " BIGINT)");
        assertThat(server.rows("SELECT " + longest + " FROM public." + longest)).isEmpty();
        server.run("DROP STREAM " + longest);
        assertThatThrownBy(() -> server.run("CREATE STREAM " + longest + "n (id BIGINT)"))
                .isInstanceOf(SQLException.class);
        int statement = metaData.getMaxStatementLength();
        assertThat(server.rows("SELECT 1" + " ".repeat(statement - 8))).containsExactly("1");
        assertThatThrownBy(() -> server.rows("SELECT 1" + " ".repeat(statement)))
                .isInstanceOf(SQLException.class);
    }

    @Test
    void leavesNothingBehind() throws Exception {
        for (int i = 0; i < 2_000; i++) {
            try (ResultSet rows = metaData.getTables(null, null, "s", null)) {
                assertThat(rows.next()).isTrue();
                assertThat(rows.getString("TABLE_NAME")).isEqualTo("s");
                assertThat(rows.getString("table_schem")).isEqualTo("public");
            }
        }
        // the server allows a thousand statements to a connection
        assertThat(connection.isValid(5)).isTrue();
    }

    @Test
    void describesParametersAndResultsBeforeTheyAre() throws Exception {
        try (var prepared =
                connection.prepareStatement("SELECT id, price AS cost, ts FROM s WHERE name = ? AND price > ?")) {
            var parameters = prepared.getParameterMetaData();
            assertThat(parameters.getParameterCount()).isEqualTo(2);
            assertThat(parameters.getParameterType(1)).isEqualTo(java.sql.Types.VARCHAR);
            assertThat(parameters.getParameterTypeName(2)).isEqualTo("DECIMAL");
            assertThat(parameters.getScale(2)).isEqualTo(2);
            assertThat(parameters.getParameterClassName(2)).isEqualTo("java.math.BigDecimal");
            assertThat(parameters.getParameterMode(1)).isEqualTo(java.sql.ParameterMetaData.parameterModeIn);
            assertThatThrownBy(() -> parameters.getParameterType(3)).isInstanceOf(SQLException.class);
            ResultSetMetaData result = prepared.getMetaData();
            assertThat(names(result)).isEqualTo("id cost ts");
            assertThat(result.getColumnName(2)).isEqualTo("price");
            assertThat(result.getTableName(2)).isEqualTo("s");
            assertThat(result.getSchemaName(2)).isEqualTo("public");
            assertThat(result.getPrecision(3)).isEqualTo(23);
            assertThat(result.getScale(3)).isEqualTo(3);
            assertThat(result.isNullable(1)).isEqualTo(ResultSetMetaData.columnNoNulls);
            assertThat(result.isCaseSensitive(1)).isFalse();
            assertThat(result.isSearchable(1)).isTrue();
            assertThat(result.isReadOnly(1)).isTrue();
        }
    }
}
