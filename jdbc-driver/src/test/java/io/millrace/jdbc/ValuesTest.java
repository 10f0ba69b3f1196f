package io.millrace.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.StringReader;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.Date;
import java.sql.JDBCType;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.sql.Statement;
import java.sql.Time;
import java.sql.Timestamp;
import java.sql.Types;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Calendar;
import java.util.Locale;
import java.util.TimeZone;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@DisplayName("Values")
@Timeout(30)
class ValuesTest {
    private final FakeServer server = new FakeServer();
    private Connection connection;

    @BeforeEach
    void connect() throws SQLException {
        connection = server.connect();
    }

    @AfterEach
    void stop() throws SQLException {
        connection.close();
        server.close();
    }

    private static FakeColumn column(String name, int type, int precision, int scale) {
        return new FakeColumn(name, type, JDBCType.valueOf(type).name(), precision, scale);
    }

    private ResultSet one(FakeColumn column, Object... values) throws SQLException {
        FakeResult result = server.result("R", column);
        for (Object value : values) {
            result.push(value);
        }
        result.finish();
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("R");
        assertThat(rows.next()).isTrue();
        return rows;
    }

    @Test
    @DisplayName("of every type may be NULL")
    void nulls() throws Exception {
        int[] types = {
            Types.BOOLEAN, Types.TINYINT, Types.SMALLINT, Types.INTEGER, Types.BIGINT, Types.REAL, Types.DOUBLE,
            Types.DECIMAL, Types.CHAR, Types.VARCHAR, Types.VARBINARY, Types.DATE, Types.TIME, Types.TIMESTAMP,
            Types.TIMESTAMP_WITH_TIMEZONE
        };
        for (int type : types) {
            ResultSet rows = one(column("c", type, 38, 2), new Object[] {null});
            assertThat(rows.getObject(1)).isNull();
            assertThat(rows.wasNull()).isTrue();
            assertThat(rows.getString("c")).isNull();
            assertThat(rows.getLong(1)).isZero();
            assertThat(rows.wasNull()).isTrue();
            assertThat(rows.getTimestamp(1)).isNull();
            assertThat(rows.getObject(1, String.class)).isNull();
        }
    }

    @Test
    @DisplayName("NULL bits beyond the first word are seen")
    void manyNulls() throws Exception {
        FakeResult result = server.result("R", FakeColumn.bigint("n"));
        for (int i = 0; i < 300; i++) {
            result.push(i % 3 == 0 ? null : (Object) i);
        }
        result.finish();
        ResultSet rows = connection.createStatement().executeQuery("R");
        for (int i = 0; i < 300; i++) {
            rows.next();
            assertThat(rows.getInt(1)).isEqualTo(i % 3 == 0 ? 0 : i);
            assertThat(rows.wasNull()).isEqualTo(i % 3 == 0);
        }
    }

    @Test
    @DisplayName("BOOLEAN")
    void booleans() throws Exception {
        ResultSet rows = one(column("c", Types.BOOLEAN, 1, 0), true, false);
        assertThat(rows.getBoolean(1)).isTrue();
        assertThat(rows.getObject(1)).isEqualTo(true);
        assertThat(rows.getString(1)).isEqualTo("true");
        assertThat(rows.getInt(1)).isEqualTo(1);
        rows.next();
        assertThat(rows.getBoolean(1)).isFalse();
        assertThat(rows.getMetaData().getColumnClassName(1)).isEqualTo("java.lang.Boolean");
    }

    @Test
    @DisplayName("integers, with their ranges checked")
    void integers() throws Exception {
        ResultSet rows = one(column("c", Types.BIGINT, 19, 0), Long.MIN_VALUE, Long.MAX_VALUE, -1L);
        assertThat(rows.getLong(1)).isEqualTo(Long.MIN_VALUE);
        assertThatThrownBy(() -> rows.getInt(1))
                .hasMessage("value -9223372036854775808 of column \"c\" is out of range of int")
                .extracting(e -> ((SQLException) e).getSQLState())
                .isEqualTo("22003");
        rows.next();
        assertThat(rows.getObject(1)).isEqualTo(Long.MAX_VALUE);
        assertThat(rows.getBigDecimal(1)).isEqualTo(BigDecimal.valueOf(Long.MAX_VALUE));
        rows.next();
        assertThat(rows.getByte(1)).isEqualTo((byte) -1);
        assertThat(rows.getShort(1)).isEqualTo((short) -1);
        assertThat(rows.getDouble(1)).isEqualTo(-1);
        assertThat(rows.getObject(1, Integer.class)).isEqualTo(-1);
        for (int type : new int[] {Types.TINYINT, Types.SMALLINT, Types.INTEGER}) {
            assertThat(one(column("c", type, 5, 0), 5).getObject(1)).isEqualTo(5);
        }
    }

    @Test
    @DisplayName("REAL and DOUBLE with NaN and infinities")
    void doubles() throws Exception {
        ResultSet rows = one(column("c", Types.DOUBLE, 15, 0), 0.1, -0.0, Double.NaN, Double.POSITIVE_INFINITY, 1e300);
        assertThat(rows.getDouble(1)).isEqualTo(0.1);
        assertThat(rows.getString(1)).isEqualTo("0.1");
        rows.next();
        assertThat(Double.doubleToRawLongBits(rows.getDouble(1))).isEqualTo(Double.doubleToRawLongBits(-0.0));
        rows.next();
        assertThat(rows.getDouble(1)).isNaN();
        assertThat(rows.getObject(1)).isEqualTo(Double.NaN);
        assertThatThrownBy(() -> rows.getBigDecimal(1)).hasMessageContaining("out of range of DECIMAL");
        rows.next();
        assertThat(rows.getFloat(1)).isEqualTo(Float.POSITIVE_INFINITY);
        assertThatThrownBy(() -> rows.getLong(1)).hasMessageContaining("out of range of long");
        rows.next();
        assertThat(rows.getObject(1, Double.class)).isEqualTo(1e300);
        ResultSet reals = one(column("c", Types.REAL, 7, 0), (double) 0.1f);
        assertThat(reals.getObject(1)).isEqualTo(0.1f);
        assertThat(reals.getString(1)).isEqualTo("0.1");
    }

    @Test
    @DisplayName("DECIMAL of up to 38 digits")
    void decimals() throws Exception {
        ResultSet small = one(column("c", Types.DECIMAL, 18, 2), new BigDecimal("-12.34"));
        assertThat(small.getBigDecimal(1)).isEqualTo(new BigDecimal("-12.34"));
        assertThat(small.getLong(1)).isEqualTo(-12);
        assertThat(small.getDouble(1)).isEqualTo(-12.34);
        for (String text : new String[] {
            "99999999999999999999999999999999999.999",
            "-99999999999999999999999999999999999.999",
            "0.001",
            "-0.001",
            "9223372036854775.808",
            "-9223372036854775.809"
        }) {
            ResultSet big = one(column("c", Types.DECIMAL, 38, 3), new BigDecimal(text));
            assertThat(big.getBigDecimal(1)).isEqualTo(new BigDecimal(text));
            assertThat(big.getString(1)).isEqualTo(text);
            assertThat(big.getObject(1, BigDecimal.class)).isEqualTo(new BigDecimal(text));
        }
    }

    @Test
    @DisplayName("VARCHAR with what is not ASCII, and its conversions")
    void texts() throws Exception {
        ResultSet rows =
                one(column("c", Types.VARCHAR, 100, 0), "", "Zürich 日本 🌍", " 42 ", "2024-02-29 12:00:00.5", "x");
        assertThat(rows.getString(1)).isEmpty();
        assertThat(rows.wasNull()).isFalse();
        rows.next();
        assertThat(rows.getString(1)).isEqualTo("Zürich 日本 🌍");
        assertThat(rows.getObject(1)).isEqualTo("Zürich 日本 🌍");
        assertThat(rows.getBytes(1)).isEqualTo("Zürich 日本 🌍".getBytes(StandardCharsets.UTF_8));
        assertThat(rows.getCharacterStream(1).read()).isEqualTo('Z');
        rows.next();
        assertThat(rows.getInt(1)).isEqualTo(42);
        assertThat(rows.getDouble(1)).isEqualTo(42);
        rows.next();
        assertThat(rows.getTimestamp(1)).isEqualTo(Timestamp.valueOf("2024-02-29 12:00:00.5"));
        assertThat(rows.getDate(1)).isEqualTo(Date.valueOf("2024-02-29"));
        rows.next();
        assertThatThrownBy(() -> rows.getInt(1)).hasMessage("value \"x\" of column \"c\" is no DECIMAL");
        assertThatThrownBy(() -> rows.getBoolean(1)).hasMessageContaining("is no BOOLEAN");
    }

    @Test
    @DisplayName("VARBINARY")
    void bytes() throws Exception {
        ResultSet rows = one(column("c", Types.VARBINARY, 10, 0), new byte[] {1, -1, 0}, new byte[0]);
        assertThat(rows.getBytes(1)).containsExactly(1, -1, 0);
        assertThat(rows.getString(1)).isEqualTo("01ff00");
        assertThat((byte[]) rows.getObject(1)).hasSize(3);
        assertThat(rows.getBinaryStream(1).readAllBytes()).hasSize(3);
        rows.next();
        assertThat(rows.getBytes(1)).isEmpty();
        assertThatThrownBy(() -> rows.getLong(1)).hasMessageContaining("cannot be read as a number");
    }

    @Test
    @DisplayName("DATE and TIME")
    void dates() throws Exception {
        ResultSet dates =
                one(column("c", Types.DATE, 0, 0), LocalDate.of(1969, 7, 20).toEpochDay());
        assertThat(dates.getDate(1)).isEqualTo(Date.valueOf("1969-07-20"));
        assertThat(dates.getObject(1)).isEqualTo(Date.valueOf("1969-07-20"));
        assertThat(dates.getString(1)).isEqualTo("1969-07-20");
        assertThat(dates.getObject(1, LocalDate.class)).isEqualTo("1969-07-20");
        ResultSet early =
                one(column("c", Types.DATE, 0, 0), LocalDate.of(97, 2, 16).toEpochDay());
        assertThat(early.getDate(1)).isEqualTo(Date.valueOf("0097-02-16"));
        assertThat(early.getDate(1)).hasToString("0097-02-16");
        ResultSet times = one(column("c", Types.TIME, 3, 0), 3_723_004_005L);
        assertThat(times.getString(1)).isEqualTo("01:02:03.004005");
        assertThat(times.getObject(1, LocalTime.class)).isEqualTo(LocalTime.parse("01:02:03.004005"));
        assertThat(times.getTime(1)).isEqualTo(new Time(3_723_004L));
    }

    @Test
    @DisplayName("TIMESTAMP keeps its microseconds, before 1970 too")
    void timestamps() throws Exception {
        Instant instant = Instant.parse("1969-12-31T23:59:58.123456Z");
        long micros = instant.getEpochSecond() * 1_000_000 + instant.getNano() / 1000;
        ResultSet rows = one(column("c", Types.TIMESTAMP, 3, 0), micros, 1_700_000_000_500_000L);
        assertThat(rows.getTimestamp(1)).isEqualTo(Timestamp.from(instant));
        assertThat(rows.getTimestamp(1).getNanos()).isEqualTo(123_456_000);
        assertThat(rows.getString(1)).isEqualTo("1969-12-31 23:59:58.123456");
        assertThat(rows.getObject(1, LocalDateTime.class)).isEqualTo("1969-12-31T23:59:58.123456");
        assertThat(rows.getObject(1, Instant.class)).isEqualTo(instant);
        Calendar tokyo = Calendar.getInstance(TimeZone.getTimeZone("Asia/Tokyo"), Locale.ROOT);
        assertThat(rows.getTimestamp(1, tokyo)).isEqualTo(Timestamp.from(instant.minusSeconds(9 * 3600)));
        rows.next();
        assertThat(rows.getString(1)).isEqualTo("2023-11-14 22:13:20.500");
        ResultSet zoned = one(column("c", Types.TIMESTAMP_WITH_TIMEZONE, 0, 0), micros);
        assertThat(zoned.getObject(1)).isEqualTo(instant.atOffset(ZoneOffset.UTC));
        assertThat(zoned.getTimestamp(1, tokyo)).isEqualTo(Timestamp.from(instant));
        assertThat(zoned.getString(1)).isEqualTo("1969-12-31 23:59:58.123456Z");
    }

    @Test
    @DisplayName("travel as parameters, time with its microseconds")
    void parameters() throws Exception {
        try (PreparedStatement insert = connection.prepareStatement("INSERT ?")) {
            assertThat(sent(insert, null)).isNull();
            assertThat(sent(insert, true)).isEqualTo(true);
            assertThat(sent(insert, (byte) 1)).isEqualTo((byte) 1);
            assertThat(sent(insert, (short) 2)).isEqualTo((short) 2);
            assertThat(sent(insert, 3)).isEqualTo(3);
            assertThat(sent(insert, 4L)).isEqualTo(4L);
            assertThat(sent(insert, Double.NaN)).isEqualTo(Double.NaN);
            assertThat(((Number) sent(insert, 1.5f)).doubleValue()).isEqualTo(1.5);
            assertThat(sent(insert, new BigDecimal("12345678901234567890.5")))
                    .isEqualTo(new BigDecimal("12345678901234567890.5"));
            assertThat(sent(insert, "ü")).isEqualTo("ü");
            assertThat(sent(insert, new byte[] {1, 2}).toString()).isNotEmpty();
            assertThat(sent(insert, new Timestamp(1234))).isEqualTo(1234L);
            assertThat(sent(insert, Timestamp.valueOf("2024-02-29 12:00:00.123456")))
                    .isEqualTo("2024-02-29 12:00:00.123456");
            assertThat(((Number) sent(insert, Date.valueOf("1970-01-03"))).longValue())
                    .isEqualTo(2);
            assertThat(sent(insert, LocalDate.of(2024, 2, 29))).isEqualTo("2024-02-29");
            assertThat(sent(insert, LocalDateTime.parse("2024-02-29T01:02:03")))
                    .isEqualTo("2024-02-29 01:02:03.000000");
            assertThat(sent(insert, OffsetDateTime.parse("2024-02-29T01:02:03+01:00")))
                    .isEqualTo("2024-02-29 00:02:03.000000");
            assertThatThrownBy(() -> insert.setObject(1, new Object()))
                    .isInstanceOf(SQLFeatureNotSupportedException.class);
            assertThatThrownBy(() -> insert.setInt(2, 1)).hasMessageContaining("there is no parameter 2");
            insert.setCharacterStream(1, new StringReader("streamed"), 6);
            insert.execute();
            assertThat(server.inserted.get(server.inserted.size() - 1)).containsExactly("stream");
            insert.setObject(1, 5, JDBCType.VARCHAR);
            insert.setNull(1, Types.INTEGER);
            insert.clearParameters();
            assertThatThrownBy(insert::execute).hasMessage("parameter 1 is not set");
        }
    }

    private Object sent(PreparedStatement insert, Object value) throws SQLException {
        insert.setObject(1, value);
        assertThat(insert.executeUpdate()).isEqualTo(1);
        return server.inserted.get(server.inserted.size() - 1).get(0);
    }
}
