package io.millrace.sqltests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Timestamp;
import java.sql.Types;
import java.util.Calendar;
import java.util.TimeZone;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Avatica's own remote driver, and no driver at all. */
@Timeout(30)
class ForeignClientsTest {
    private LocalServer server;

    @BeforeEach
    void start(@TempDir Path data) throws Exception {
        server = new LocalServer(data);
        server.run("""
                CREATE STREAM typed (flag BOOLEAN, tiny TINYINT, big BIGINT, twice DOUBLE, price DECIMAL(10, 2),
                  huge DECIMAL(38, 10), text VARCHAR, bytes VARBINARY, day DATE, clock TIME(3), moment TIMESTAMP(3))""");
    }

    @AfterEach
    void stop() throws Exception {
        server.close();
    }

    private Connection connect(String serialization) throws SQLException {
        return DriverManager.getConnection(
                "jdbc:avatica:remote:url=http://127.0.0.1:" + server.port() + "/;serialization=" + serialization);
    }

    @ParameterizedTest
    @ValueSource(strings = {"protobuf", "json"})
    void insertAndReadEveryTypeAndNull(String serialization) throws Exception {
        Calendar utc = Calendar.getInstance(TimeZone.getTimeZone("UTC"));
        try (Connection connection = connect(serialization);
                Statement statement = connection.createStatement()) {
            assertThat(statement.executeUpdate("""
                    INSERT INTO typed VALUES (TRUE, -1, 9007199254740993, 2.5e0, 1.25, 123456789012345678901234567.5,
                      'größe €', X'00ff', DATE '2026-02-03', TIME '04:05:06', TIMESTAMP '2026-02-03 04:05:06.789'),
                      (NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL)""")).isEqualTo(2);
            try (ResultSet row = statement.executeQuery("SELECT * FROM typed")) {
                assertThat(row.next()).isTrue();
                assertThat(row.getBoolean("flag")).isTrue();
                assertThat(row.getByte("tiny")).isEqualTo((byte) -1);
                assertThat(row.getLong("big")).isEqualTo(9_007_199_254_740_993L);
                assertThat(row.getDouble("twice")).isEqualTo(2.5);
                assertThat(row.getBigDecimal("price")).isEqualByComparingTo("1.25");
                assertThat(row.getBigDecimal("huge")).isEqualByComparingTo("123456789012345678901234567.5");
                assertThat(row.getString("text")).isEqualTo("größe €");
                assertThat(row.getBytes("bytes")).containsExactly(0, -1);
                assertThat(row.getString("day")).isEqualTo("2026-02-03");
                assertThat(row.getString("clock")).startsWith("04:05:06");
                assertThat(row.getTimestamp("moment", utc).toInstant())
                        .isEqualTo(java.time.Instant.parse("2026-02-03T04:05:06.789Z"));
                assertThat(row.next()).isTrue();
                for (int i = 1; i <= row.getMetaData().getColumnCount(); i++) {
                    assertThat(row.getObject(i)).as("column %d", i).isNull();
                }
                assertThat(row.next()).isFalse();
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"protobuf", "json"})
    void readArrays(String serialization) throws Exception {
        try (Connection connection = connect(serialization);
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("""
                        SELECT ARRAY[1, NULL], ARRAY['a', 'b'], ARRAY[2.5e0], NULLIF(ARRAY[1], ARRAY[1]),
                          ARRAY[CAST(9007199254740993 AS BIGINT)]""")) {
            assertThat(row.next()).isTrue();
            assertThat(row.getMetaData().getColumnType(1)).isEqualTo(Types.ARRAY);
            assertThat((Object[]) row.getArray(1).getArray()).containsExactly(1, null);
            assertThat((Object[]) row.getArray(2).getArray()).containsExactly("a", "b");
            assertThat((Object[]) row.getArray(3).getArray()).containsExactly(2.5);
            assertThat(row.getArray(4)).isNull();
            assertThat((Object[]) row.getArray(5).getArray()).containsExactly(9_007_199_254_740_993L);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"protobuf", "json"})
    void prepareAndBind(String serialization) throws Exception {
        try (Connection connection = connect(serialization);
                PreparedStatement insert = connection.prepareStatement(
                        "INSERT INTO typed (big, twice, price, text, moment) VALUES (?, ?, ?, ?, ?)");
                Statement statement = connection.createStatement()) {
            for (int i = 0; i < 3; i++) {
                insert.setLong(1, i);
                insert.setDouble(2, i + 0.5);
                insert.setBigDecimal(3, new java.math.BigDecimal("7.25"));
                insert.setString(4, "row " + i);
                insert.setTimestamp(5, new Timestamp(1_770_000_000_000L));
                insert.addBatch();
            }
            assertThat(insert.executeBatch()).containsExactly(1, 1, 1);
            assertThat(Rows.of(statement, "SELECT COUNT(*), MAX(text) FROM typed"))
                    .containsExactly("3|row 2");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"protobuf", "json"})
    void readWhatIsNotANumber(String serialization) throws Exception {
        try (Connection own = server.connect("");
                PreparedStatement insert = own.prepareStatement("INSERT INTO typed (twice) VALUES (?)")) {
            insert.setDouble(1, Double.NaN);
            insert.executeUpdate();
        }
        try (Connection connection = connect(serialization);
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT twice FROM typed")) {
            assertThat(row.next()).isTrue();
            if (serialization.equals("protobuf")) {
                assertThat(row.getDouble(1)).isNaN();
            } else {
                assertThat(row.getObject(1)).as("JSON has no NaN").isNull();
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"protobuf", "json"})
    void readAContinuousQuery(String serialization) throws Exception {
        try (Connection connection = connect(serialization);
                Statement statement = connection.createStatement()) {
            server.run("INSERT INTO typed (big) VALUES (1), (2), (3)");
            ResultSet rows = statement.executeQuery("SELECT STREAM big FROM typed LIMIT 3 SINCE BEGINNING");
            assertThat(Rows.next(rows, 10)).containsExactly("1", "2", "3");
        }
        server.awaitRunningQueries(0);
    }

    @ParameterizedTest
    @ValueSource(strings = {"protobuf", "json"})
    void areToldWhatIsWrong(String serialization) throws Exception {
        try (Connection connection = connect(serialization);
                Statement statement = connection.createStatement()) {
            assertThatThrownBy(() -> statement.executeQuery("SELECT nome FROM typed"))
                    .isInstanceOf(SQLException.class)
                    .hasMessageContaining("line 1, column 8")
                    .hasMessageNotContaining("io.millrace")
                    .extracting(failure -> ((SQLException) failure).getSQLState())
                    .isEqualTo("42703");
        }
    }

    @Test
    void canSpeakJsonByHand() throws Exception {
        post("{\"request\":\"openConnection\",\"connectionId\":\"by-hand\"}");
        String created = post("{\"request\":\"createStatement\",\"connectionId\":\"by-hand\"}");
        assertThat(created).contains("\"statementId\":0");
        server.run("INSERT INTO typed (big, text) VALUES (1, 'a')");
        String executed = post("{\"request\":\"prepareAndExecute\",\"connectionId\":\"by-hand\",\"statementId\":0,"
                + "\"sql\":\"SELECT big, text FROM typed\",\"maxRowsTotal\":-1,\"maxRowsInFirstFrame\":0}");
        assertThat(executed).contains("\"columnName\":\"big\"");
        String fetched = post("{\"request\":\"fetch\",\"connectionId\":\"by-hand\",\"statementId\":0,\"offset\":0,"
                + "\"fetchMaxRowCount\":100}");
        assertThat(fetched).contains("[[1,\"a\"]]");
        assertThat(post("{\"request\":\"closeConnection\",\"connectionId\":\"by-hand\"}"))
                .contains("closeConnection");
    }

    private String post(String message) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + "/"))
                .POST(HttpRequest.BodyPublishers.ofString(message))
                .build();
        HttpResponse<String> response = HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        return response.body();
    }
}
