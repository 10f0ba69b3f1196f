package io.millrace.server.avatica;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.catalog.CatalogSnapshot;
import io.millrace.catalog.ColumnDefinition;
import io.millrace.catalog.StreamDefinition;
import io.millrace.executor.column.DecimalColumn;
import io.millrace.executor.column.DoubleColumn;
import io.millrace.executor.column.LongColumn;
import io.millrace.executor.column.StringColumn;
import io.millrace.plan.DataType;
import io.millrace.plan.DataType.Kind;
import io.millrace.plan.OutputColumn;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Timestamp;
import java.sql.Types;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Calendar;
import java.util.List;
import java.util.Map;
import java.util.TimeZone;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("Avatica's own remote driver")
class StockClientTest {
    private final TestServer server = new TestServer(TestServer.settings(5_000, 300_000, 50));

    @AfterEach
    void stop() {
        server.close();
    }

    private static final List<OutputColumn> ALL_TYPES = List.of(
            new OutputColumn("b", DataType.of(Kind.BOOLEAN)),
            new OutputColumn("t", DataType.of(Kind.TINYINT)),
            new OutputColumn("s", DataType.of(Kind.SMALLINT)),
            new OutputColumn("i", DataType.of(Kind.INTEGER)),
            new OutputColumn("l", DataType.of(Kind.BIGINT), "numbers", "l"),
            new OutputColumn("r", DataType.of(Kind.REAL)),
            new OutputColumn("d", DataType.of(Kind.DOUBLE).notNull()),
            new OutputColumn("small", DataType.decimal(10, 2)),
            new OutputColumn("large", DataType.decimal(38, 3)),
            new OutputColumn("c", new DataType(Kind.CHAR, 3, 0, true)),
            new OutputColumn("v", DataType.varchar()),
            new OutputColumn("x", new DataType(Kind.VARBINARY, 10, 0, true)),
            new OutputColumn("date", DataType.of(Kind.DATE)),
            new OutputColumn("time", new DataType(Kind.TIME, 3, 0, true)),
            new OutputColumn("ts", DataType.timestamp(6)),
            new OutputColumn("ltz", new DataType(Kind.TIMESTAMP_LTZ, 3, 0, true)),
            new OutputColumn("months", DataType.of(Kind.INTERVAL_YEAR_MONTH)),
            new OutputColumn("span", DataType.of(Kind.INTERVAL_DAY_TIME)),
            new OutputColumn("nothing", DataType.of(Kind.NULL)));

    private static LongColumn longs(long value) {
        return new LongColumn(new long[] {value, 0}, new long[] {2}, 2);
    }

    private static StringColumn bytes(byte[] value) {
        return new StringColumn(value, new int[] {0, value.length, value.length}, new long[] {2}, 2);
    }

    /** One row of values and one of NULLs, but for the column that has none. */
    private static ScriptedCursor allTypes() {
        BigDecimal large = new BigDecimal("-12345678901234567890123456.789");
        long high = large.unscaledValue().shiftRight(64).longValue();
        long low = large.unscaledValue().longValue();
        return new ScriptedCursor(ALL_TYPES)
                .push(
                        2,
                        longs(1),
                        longs(-128),
                        longs(-300),
                        longs(123456),
                        longs(Long.MIN_VALUE),
                        new DoubleColumn(new double[] {1.5, 0}, new long[] {2}, 2),
                        new DoubleColumn(new double[] {-2.25, 7}, null, 2),
                        longs(12345),
                        new DecimalColumn(new long[] {high, 0}, new long[] {low, 0}, new long[] {2}, 2),
                        bytes("abc".getBytes(StandardCharsets.UTF_8)),
                        bytes("größe €".getBytes(StandardCharsets.UTF_8)),
                        bytes(new byte[] {0, -1, 127}),
                        longs(20_000),
                        longs(3_723_004_000L),
                        longs(1_700_000_000_123_456L),
                        longs(1_700_000_000_123_000L),
                        longs(14),
                        longs(90_061_000_000L),
                        new LongColumn(new long[2], new long[] {3}, 2))
                .end();
    }

    @ParameterizedTest
    @ValueSource(strings = {"protobuf", "json"})
    void reads_every_type_and_null(String serialization) throws SQLException {
        server.executor.query("all", StockClientTest::allTypes);
        Calendar utc = Calendar.getInstance(TimeZone.getTimeZone("UTC"));
        try (Connection connection = server.connect(serialization);
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("all")) {
            assertThat(rows.next()).isTrue();
            assertThat(rows.getBoolean("b")).isTrue();
            assertThat(rows.getByte("t")).isEqualTo((byte) -128);
            assertThat(rows.getShort("s")).isEqualTo((short) -300);
            assertThat(rows.getInt("i")).isEqualTo(123456);
            assertThat(rows.getLong("l")).isEqualTo(Long.MIN_VALUE);
            assertThat(rows.getFloat("r")).isEqualTo(1.5f);
            assertThat(rows.getDouble("d")).isEqualTo(-2.25);
            assertThat(rows.getBigDecimal("small")).isEqualByComparingTo("123.45");
            assertThat(rows.getBigDecimal("large")).isEqualByComparingTo("-12345678901234567890123456.789");
            assertThat(rows.getString("c")).isEqualTo("abc");
            assertThat(rows.getString("v")).isEqualTo("größe €");
            assertThat(rows.getBytes("x")).containsExactly(0, -1, 127);
            assertThat(rows.getString("date")).isEqualTo("2024-10-04");
            assertThat(rows.getString("time")).startsWith("01:02:03");
            assertThat(rows.getTimestamp("ts", utc)).isEqualTo(new Timestamp(1_700_000_000_123L));
            assertThat(rows.getString("ltz")).isEqualTo("2023-11-14T22:13:20.123Z");
            assertThat(rows.getString("months")).isEqualTo("+1-02");
            // the driver's accessor does not take the number that JSON made an Integer
            if (serialization.equals("protobuf")) {
                assertThat(rows.getString("span")).isEqualTo("+1 01:01:01.000");
            }
            assertThat(rows.getObject("nothing")).isNull();
            assertThat(rows.next()).isTrue();
            for (OutputColumn column : ALL_TYPES) {
                if (column.type().nullable()) {
                    assertThat(rows.getObject(column.label()))
                            .as(column.label())
                            .isNull();
                }
            }
            assertThat(rows.getDouble("d")).isEqualTo(7);
            assertThat(rows.next()).isFalse();
        }
    }

    @Test
    void describes_the_columns_of_a_result() throws SQLException {
        server.executor.query("all", StockClientTest::allTypes);
        try (Connection connection = server.connect("protobuf");
                PreparedStatement statement = connection.prepareStatement("all")) {
            ResultSetMetaData columns = statement.getMetaData();
            assertThat(columns.getColumnCount()).isEqualTo(ALL_TYPES.size());
            assertThat(columns.getTableName(5)).isEqualTo("numbers");
            assertThat(columns.getSchemaName(5)).isEqualTo("public");
            assertThat(columns.getColumnType(8)).isEqualTo(Types.DECIMAL);
            assertThat(columns.getPrecision(8)).isEqualTo(10);
            assertThat(columns.getScale(8)).isEqualTo(2);
            assertThat(columns.isNullable(7)).isEqualTo(ResultSetMetaData.columnNoNulls);
            assertThat(columns.isNullable(8)).isEqualTo(ResultSetMetaData.columnNullable);
            assertThat(columns.getColumnType(15)).isEqualTo(Types.TIMESTAMP);
            assertThat(columns.getColumnDisplaySize(15)).isEqualTo(26);
            assertThat(columns.getColumnType(16)).isEqualTo(Types.TIMESTAMP_WITH_TIMEZONE);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"protobuf", "json"})
    void reads_rows_that_come_later(String serialization) throws Exception {
        ScriptedCursor cursor = server.executor.query(
                "tail", new ScriptedCursor(List.of(new OutputColumn("n", DataType.of(Kind.BIGINT)))));
        try (Connection connection = server.connect(serialization);
                Statement statement = connection.createStatement()) {
            CompletableFuture<List<Long>> read = CompletableFuture.supplyAsync(() -> {
                List<Long> all = new ArrayList<>();
                try (ResultSet rows = statement.executeQuery("tail")) {
                    while (rows.next()) {
                        all.add(rows.getLong(1));
                    }
                } catch (SQLException e) {
                    throw new IllegalStateException(e);
                }
                return all;
            });
            for (int i = 0; i < 3; i++) {
                cursor.push(1, new LongColumn(new long[] {i}, null, 1));
            }
            int polls = cursor.polls();
            Await.until(() -> cursor.polls() > polls + 2);
            cursor.push(2, new LongColumn(new long[] {3, 4}, null, 2)).end();
            assertThat(read.get(10, TimeUnit.SECONDS)).containsExactly(0L, 1L, 2L, 3L, 4L);
        }
        assertThat(cursor.isClosed()).isTrue();
    }

    @Test
    void gets_infinity_but_no_nan_by_json() throws SQLException {
        ScriptedCursor cursor = new ScriptedCursor(List.of(new OutputColumn("d", DataType.of(Kind.DOUBLE))))
                .push(
                        3,
                        new DoubleColumn(
                                new double[] {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY}, null, 3))
                .end();
        server.executor.query("odd", cursor);
        try (Connection connection = server.connect("json");
                ResultSet rows = connection.createStatement().executeQuery("odd")) {
            rows.next();
            assertThat(rows.getObject(1)).isNull();
            rows.next();
            assertThat(rows.getDouble(1)).isEqualTo(Double.POSITIVE_INFINITY);
            rows.next();
            assertThat(rows.getDouble(1)).isEqualTo(Double.NEGATIVE_INFINITY);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"protobuf", "json"})
    void sends_parameters_in_batches(String serialization) throws SQLException {
        server.executor.update(
                "insert",
                DataType.varchar(),
                DataType.timestamp(6),
                DataType.decimal(20, 2),
                new DataType(Kind.VARBINARY, 10, 0, true),
                DataType.of(Kind.INTEGER));
        try (Connection connection = server.connect(serialization);
                PreparedStatement statement = connection.prepareStatement("insert")) {
            for (int i = 0; i < 3; i++) {
                statement.setString(1, "w" + i);
                statement.setTimestamp(
                        2, new Timestamp(1_700_000_000_123L), Calendar.getInstance(TimeZone.getTimeZone("UTC")));
                statement.setBigDecimal(3, new BigDecimal("12.50"));
                statement.setBytes(4, new byte[] {1, 2});
                statement.setInt(5, i);
                statement.addBatch();
            }
            assertThat(statement.executeBatch()).containsExactly(1, 1, 1);
            FakeExecutor.Execution sent = server.executor.executions.get(0);
            assertThat(sent.parameters()).hasSize(3);
            List<?> row = sent.parameters().get(2);
            assertThat(row.get(0)).isEqualTo("w2");
            assertThat(row.get(1)).isEqualTo(1_700_000_000_123_000L);
            assertThat((BigDecimal) row.get(2)).isEqualByComparingTo("12.5");
            assertThat((byte[]) row.get(3)).containsExactly(1, 2);
            assertThat(row.get(4)).isEqualTo(2L);

            statement.setString(1, null);
            statement.setString(2, "2023-11-14 22:13:20.123456");
            statement.setString(3, "7.25");
            statement.setNull(4, Types.VARBINARY);
            statement.setString(5, "42");
            assertThat(statement.executeUpdate()).isEqualTo(1);
            assertThat(server.executor.executions.get(1).parameters().get(0))
                    .isEqualTo(Arrays.asList(null, 1_700_000_000_123_456L, new BigDecimal("7.25"), null, 42L));
        }
    }

    @Test
    void sends_a_hundred_thousand_rows_at_once() throws SQLException {
        server.executor.update("insert", DataType.varchar(), DataType.of(Kind.BIGINT));
        try (Connection connection = server.connect("protobuf");
                PreparedStatement statement = connection.prepareStatement("insert")) {
            for (int i = 0; i < 100_000; i++) {
                statement.setString(1, "word" + i);
                statement.setLong(2, i);
                statement.addBatch();
            }
            assertThat(statement.executeBatch()).hasSize(100_000);
            assertThat(server.executor.executions.get(0).parameters()).hasSize(100_000);
        }
    }

    @Test
    void passes_the_limit_of_rows_on() throws SQLException {
        server.executor.query("all", StockClientTest::allTypes);
        try (Connection connection = server.connect("protobuf");
                Statement statement = connection.createStatement()) {
            statement.setMaxRows(4);
            statement.executeQuery("all").close();
            assertThat(server.executor.executions.get(0).options().maxRows()).isEqualTo(4);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"protobuf", "json"})
    void is_told_the_error_and_nothing_more(String serialization) throws SQLException {
        try (Connection connection = server.connect(serialization);
                Statement statement = connection.createStatement()) {
            assertThatThrownBy(() -> statement.executeQuery("selekt"))
                    .isInstanceOfSatisfying(
                            SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("42601"))
                    .hasMessageContaining("syntax error at \"selekt\"");
            assertThatThrownBy(() -> statement.executeQuery("overflow"))
                    .isInstanceOfSatisfying(
                            SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("54001"));
            assertThatThrownBy(() -> statement.executeQuery("defect")).isInstanceOfSatisfying(SQLException.class, e -> {
                assertThat(e.getSQLState()).isEqualTo("XX000");
                assertThat(org.assertj.core.util.Throwables.getStackTrace(e))
                        .doesNotContain("a secret", "FakeExecutor");
            });
        }
    }

    @Test
    void reads_the_catalog() throws SQLException {
        server.catalog = CatalogSnapshot.EMPTY.with(new StreamDefinition(
                1,
                "Lines",
                List.of(
                        new ColumnDefinition("word", DataType.varchar(20)),
                        new ColumnDefinition("ts", DataType.timestamp(3).notNull())),
                null,
                Map.of(),
                "CREATE STREAM Lines …"));
        try (Connection connection = server.connect("protobuf")) {
            DatabaseMetaData metadata = connection.getMetaData();
            assertThat(metadata.getSQLKeywords()).contains("EMIT");
            try (ResultSet tables = metadata.getTables(null, null, "L%", null)) {
                assertThat(tables.next()).isTrue();
                assertThat(tables.getString("TABLE_NAME")).isEqualTo("Lines");
                assertThat(tables.getString("TABLE_TYPE")).isEqualTo("STREAM");
                assertThat(tables.getString("TABLE_SCHEM")).isEqualTo("public");
                assertThat(tables.next()).isFalse();
            }
            try (ResultSet tables = metadata.getTables(null, null, null, new String[] {"VIEW"})) {
                assertThat(tables.next()).isFalse();
            }
            try (ResultSet columns = metadata.getColumns(null, "PUBLIC", "lines", null)) {
                assertThat(columns.next()).isTrue();
                assertThat(columns.getString("COLUMN_NAME")).isEqualTo("word");
                assertThat(columns.getInt("DATA_TYPE")).isEqualTo(Types.VARCHAR);
                assertThat(columns.getInt("COLUMN_SIZE")).isEqualTo(20);
                assertThat(columns.next()).isTrue();
                assertThat(columns.getString("IS_NULLABLE")).isEqualTo("NO");
                assertThat(columns.getInt("ORDINAL_POSITION")).isEqualTo(2);
            }
            try (ResultSet types = metadata.getTypeInfo()) {
                assertThat(types.next()).isTrue();
            }
            assertThat(metadata.getSchemas().next()).isTrue();
            assertThat(metadata.getCatalogs().next()).isFalse();
            assertThat(metadata.getTableTypes().next()).isTrue();
            assertThat(metadata.getPrimaryKeys(null, null, "Lines").next()).isFalse();
        }
    }

    @Test
    void cannot_write_on_a_read_only_connection_or_in_a_transaction() throws SQLException {
        server.executor.update("insert");
        try (Connection connection = server.connect("protobuf");
                Statement statement = connection.createStatement()) {
            assertThat(connection.getAutoCommit()).isTrue();
            connection.setReadOnly(true);
            assertThatThrownBy(() -> statement.executeUpdate("insert"))
                    .isInstanceOfSatisfying(
                            SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("25006"));
            connection.setReadOnly(false);
            connection.setAutoCommit(false);
            assertThatThrownBy(() -> statement.executeUpdate("insert"))
                    .isInstanceOfSatisfying(
                            SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("0A000"));
            connection.setAutoCommit(true);
            assertThat(statement.executeUpdate("insert")).isEqualTo(1);
        }
    }
}
