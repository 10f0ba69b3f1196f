package io.millrace.sqltests;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.server.Server;
import io.millrace.server.ServerSettings;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.sql.Array;
import java.sql.Connection;
import java.sql.Date;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Time;
import java.sql.Timestamp;
import java.sql.Types;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Every type goes through parameters, the log and a result unchanged. */
@Timeout(60)
class TypesTest {
    private static final String CREATE = """
            CREATE STREAM typed (
              flag BOOLEAN, tiny TINYINT, small SMALLINT, medium INTEGER, big BIGINT, single REAL, twice DOUBLE,
              short_decimal DECIMAL(10, 2), long_decimal DECIMAL(38, 10), fixed CHAR(3), text VARCHAR, bytes VARBINARY,
              day DATE, clock TIME(3), moment TIMESTAMP(3), fine TIMESTAMP(6), instant TIMESTAMP(3) WITH LOCAL TIME ZONE)""";
    private static final int COLUMNS = 17;
    private static final int[] JDBC_TYPES = {
        Types.BOOLEAN,
        Types.TINYINT,
        Types.SMALLINT,
        Types.INTEGER,
        Types.BIGINT,
        Types.REAL,
        Types.DOUBLE,
        Types.DECIMAL,
        Types.DECIMAL,
        Types.CHAR,
        Types.VARCHAR,
        Types.VARBINARY,
        Types.DATE,
        Types.TIME,
        Types.TIMESTAMP,
        Types.TIMESTAMP,
        Types.TIMESTAMP_WITH_TIMEZONE
    };

    private Server server;
    private Connection connection;
    private Statement statement;

    @BeforeEach
    void start(@TempDir Path data) throws Exception {
        server = Server.start(ServerSettings.defaults(data).withPort(0));
        connection = DriverManager.getConnection("jdbc:millrace://127.0.0.1:" + server.port());
        statement = connection.createStatement();
        statement.execute(CREATE);
    }

    @AfterEach
    void stop() throws Exception {
        connection.close();
        server.close();
    }

    @Test
    void arraysAreReadAsObjectsAndText() throws Exception {
        try (ResultSet row = statement.executeQuery("""
                SELECT ARRAY[1, NULL], ARRAY['a', 'b''c'], ARRAY[DECIMAL '12345678901234567890.5', -1], ARRAY[TRUE],
                  ARRAY[TIMESTAMP '2026-02-03 04:05:06.789'], ARRAY[-1.5e0, 2e0], ARRAY[X'00ff01'],
                  NULLIF(ARRAY[1], ARRAY[1]), ARRAY[CAST(1 AS BIGINT)]""")) {
            assertThat(row.next()).isTrue();
            assertThat(row.getMetaData().getColumnType(1)).isEqualTo(Types.ARRAY);
            assertThat(row.getMetaData().getColumnTypeName(1)).isEqualTo("INTEGER ARRAY");
            assertThat(row.getMetaData().getColumnClassName(1)).isEqualTo("java.sql.Array");
            assertThat(row.getMetaData().getColumnTypeName(2)).isEqualTo("VARCHAR ARRAY");
            assertThat(elements(row, 1)).isInstanceOf(Integer[].class).containsExactly(1, null);
            assertThat(elements(row, 2)).isInstanceOf(String[].class).containsExactly("a", "b'c");
            assertThat(elements(row, 3))
                    .containsExactly(new BigDecimal("12345678901234567890.5"), new BigDecimal("-1.0"));
            assertThat(elements(row, 4)).containsExactly(true);
            assertThat(elements(row, 5)).containsExactly(Timestamp.valueOf("2026-02-03 04:05:06.789"));
            assertThat(elements(row, 6)).containsExactly(-1.5, 2.0);
            assertThat((byte[]) elements(row, 7)[0]).containsExactly(0, -1, 1);
            assertThat(row.getArray(8)).isNull();
            assertThat(row.wasNull()).isTrue();
            assertThat(elements(row, 9)).containsExactly(1L);
            assertThat(row.getString(2)).isEqualTo("['a', 'b''c']");
            Array array = row.getObject(1, Array.class);
            assertThat(row.getObject(1)).isInstanceOf(Array.class).hasToString("[1, NULL]");
            assertThat(row.next()).isFalse();
            assertThat(array.getBaseType()).isEqualTo(Types.INTEGER);
            assertThat(array.getBaseTypeName()).isEqualTo("INTEGER");
            assertThat((Object[]) array.getArray(2, 1)).containsExactly((Object) null);
        }
    }

    @Test
    void aParameterIsComparedWithElements() throws Exception {
        try (PreparedStatement query =
                connection.prepareStatement("SELECT ? = ANY (ARRAY[1, 2]), 2 < ALL (ARRAY[?])")) {
            query.setInt(1, 2);
            query.setInt(2, 3);
            try (ResultSet row = query.executeQuery()) {
                assertThat(row.next()).isTrue();
                assertThat(row.getBoolean(1)).isTrue();
                assertThat(row.getBoolean(2)).isTrue();
            }
        }
    }

    private static Object[] elements(ResultSet row, int column) throws SQLException {
        return (Object[]) row.getArray(column).getArray();
    }

    @Test
    void valuesComeBackAsTheyWereSet() throws Exception {
        byte[] bytes = {0, -1, 127};
        Timestamp fine = Timestamp.valueOf("2026-02-03 04:05:06.123456");
        try (PreparedStatement insert = insert()) {
            insert.setBoolean(1, true);
            insert.setByte(2, Byte.MIN_VALUE);
            insert.setShort(3, Short.MAX_VALUE);
            insert.setInt(4, Integer.MIN_VALUE);
            insert.setLong(5, Long.MAX_VALUE);
            insert.setFloat(6, 1.1f);
            insert.setDouble(7, Double.NaN);
            insert.setBigDecimal(8, new BigDecimal("-12345678.90"));
            insert.setBigDecimal(9, new BigDecimal("1234567890123456789012345678.0123456789"));
            insert.setString(10, "añ");
            insert.setString(11, "日本 🎉 \"'");
            insert.setBytes(12, bytes);
            insert.setDate(13, Date.valueOf("2026-02-03"));
            insert.setTime(14, Time.valueOf("04:05:06"));
            insert.setTimestamp(15, Timestamp.valueOf("1969-12-31 23:59:59.999"));
            insert.setTimestamp(16, fine);
            insert.setTimestamp(17, Timestamp.valueOf("2026-02-03 04:05:06.789"));
            assertThat(insert.executeUpdate()).isEqualTo(1);
        }
        try (ResultSet row = statement.executeQuery("SELECT * FROM typed")) {
            assertThat(row.next()).isTrue();
            assertThat(row.getBoolean(1)).isTrue();
            assertThat(row.getByte(2)).isEqualTo(Byte.MIN_VALUE);
            assertThat(row.getShort(3)).isEqualTo(Short.MAX_VALUE);
            assertThat(row.getInt(4)).isEqualTo(Integer.MIN_VALUE);
            assertThat(row.getLong(5)).isEqualTo(Long.MAX_VALUE);
            assertThat(row.getFloat(6)).isEqualTo(1.1f);
            assertThat(row.getDouble(7)).isNaN();
            assertThat(row.getBigDecimal(8)).isEqualTo(new BigDecimal("-12345678.90"));
            assertThat(row.getBigDecimal(9)).isEqualTo(new BigDecimal("1234567890123456789012345678.0123456789"));
            assertThat(row.getString(10)).isEqualTo("añ ");
            assertThat(row.getString(11)).isEqualTo("日本 🎉 \"'");
            assertThat(row.getBytes(12)).isEqualTo(bytes);
            assertThat(row.getDate(13)).isEqualTo(Date.valueOf("2026-02-03"));
            assertThat(row.getTime(14)).isEqualTo(Time.valueOf("04:05:06"));
            assertThat(row.getTimestamp(15)).isEqualTo(Timestamp.valueOf("1969-12-31 23:59:59.999"));
            assertThat(row.getTimestamp(16)).isEqualTo(fine);
            assertThat(row.getTimestamp(17)).isEqualTo(Timestamp.valueOf("2026-02-03 04:05:06.789"));
            for (int i = 1; i <= COLUMNS; i++) {
                assertThat(row.getMetaData().getColumnType(i))
                        .as("column %d", i)
                        .isEqualTo(JDBC_TYPES[i - 1]);
                assertThat(row.getObject(i)).as("column %d", i).isNotNull();
            }
            assertThat(row.next()).isFalse();
        }
    }

    @Test
    void nullComesBackAsNull() throws Exception {
        try (PreparedStatement insert = insert()) {
            for (int i = 1; i <= COLUMNS; i++) {
                insert.setNull(i, JDBC_TYPES[i - 1]);
            }
            insert.executeUpdate();
        }
        try (ResultSet row = statement.executeQuery("SELECT * FROM typed")) {
            assertThat(row.next()).isTrue();
            for (int i = 1; i <= COLUMNS; i++) {
                assertThat(row.getObject(i)).as("column %d", i).isNull();
                assertThat(row.wasNull()).isTrue();
                row.getString(i);
                assertThat(row.wasNull()).isTrue();
            }
            assertThat(row.getLong(5)).isZero();
            assertThat(row.wasNull()).isTrue();
        }
    }

    @Test
    void literalsOfEveryTypeCanBeInserted() throws Exception {
        statement.execute("""
                INSERT INTO typed VALUES (FALSE, 1, 2, 3, 4, 1.5, 2.5e0, 1.25, 123456789012345678901234567.5, 'ab', 'it''s',
                  X'00ff', DATE '2026-02-03', TIME '04:05:06', TIMESTAMP '2026-02-03 04:05:06.789',
                  TIMESTAMP '2026-02-03 04:05:06.789012', TIMESTAMP '2026-02-03 04:05:06')""");
        assertThat(Rows.of(statement, "SELECT big, short_decimal, long_decimal, fixed, text, day FROM typed"))
                .containsExactly("4|1.25|123456789012345678901234567.5000000000|ab |it's|2026-02-03");
    }

    @Test
    void aBatchOfAHundredThousandRowsIsOneInsert() throws Exception {
        statement.execute("CREATE STREAM many (id BIGINT NOT NULL, text VARCHAR)");
        int rows = 100_000;
        try (PreparedStatement insert = connection.prepareStatement("INSERT INTO many VALUES (?, ?)")) {
            for (int i = 0; i < rows; i++) {
                insert.setLong(1, i);
                insert.setString(2, "row " + i);
                insert.addBatch();
            }
            assertThat(insert.executeBatch()).hasSize(rows).containsOnly(1);
        }
        assertThat(Rows.of(statement, "SELECT COUNT(*), SUM(id), MIN(text) FROM many"))
                .containsExactly("100000|4999950000|row 0");
    }

    @Test
    void intervalsReadAsInSql() throws Exception {
        try (ResultSet row = statement.executeQuery(
                "SELECT INTERVAL '1-2' YEAR TO MONTH, INTERVAL '1 02:03:04.5' DAY TO SECOND, INTERVAL -'5' MINUTE")) {
            assertThat(row.next()).isTrue();
            assertThat(row.getString(1)).isEqualTo("1-02");
            assertThat(row.getString(2)).isEqualTo("1 02:03:04.500000");
            assertThat(row.getObject(3)).isEqualTo("-0 00:05:00");
        }
    }

    private PreparedStatement insert() throws Exception {
        return connection.prepareStatement("INSERT INTO typed VALUES (" + "?, ".repeat(COLUMNS - 1) + "?)");
    }
}
