package io.millrace.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.sql.BatchUpdateException;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLSyntaxErrorException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.Base64;
import java.util.Properties;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@DisplayName("A connection")
@Timeout(30)
class ConnectionTest {
    private final FakeServer server = new FakeServer();

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    @DisplayName("sends user and password as BASIC, and shows neither in its URL nor to the server as properties")
    void credentials() throws Exception {
        try (Connection connection = server.connect("user=ann", "password=s%26cret")) {
            String pair = new String(
                    Base64.getDecoder().decode(server.authorization.substring("Basic ".length())),
                    StandardCharsets.UTF_8);
            assertThat(pair).isEqualTo("ann:s&cret");
            assertThat(connection.getMetaData().getURL()).isEqualTo(server.url());
            assertThat(connection.getMetaData().getUserName()).isEqualTo("ann");
            assertThat(server.properties).doesNotContainKey("password").doesNotContainValue("s&cret");
        }
    }

    @Test
    @DisplayName("tells of driver and product")
    void metadata() throws Exception {
        try (Connection connection = server.connect()) {
            assertThat(connection.getMetaData().getDriverName()).isEqualTo("Millrace JDBC Driver");
            assertThat(connection.getMetaData().getDriverVersion()).startsWith("0.1");
            assertThat(connection.getMetaData().getDatabaseProductName()).isEqualTo("Millrace");
            assertThat(connection.getMetaData().storesUpperCaseIdentifiers()).isFalse();
            ResultSet types = connection.getMetaData().getTableTypes();
            assertThat(types.next()).isTrue();
            assertThat(types.getString(1)).isEqualTo("STREAM");
            assertThat(types.next()).isTrue();
            assertThat(types.next()).isFalse();
            assertThatThrownBy(() -> connection.getMetaData().getSchemas())
                    .isInstanceOf(SQLException.class)
                    .hasMessageContaining("not in the fake");
            assertThat(connection.getSchema()).isEqualTo("public");
            assertThat(connection.getAutoCommit()).isTrue();
            connection.setReadOnly(true);
        }
    }

    @Test
    @DisplayName("asks the server whether it is valid")
    void valid() throws Exception {
        Connection connection = server.connect("retryTimeout=200ms");
        server.requests.clear();
        assertThat(connection.isValid(1)).isTrue();
        assertThat(server.requests).containsExactly("ConnectionSyncRequest");
        server.stop();
        assertThat(connection.isValid(1)).isFalse();
        connection.close();
        assertThat(connection.isValid(1)).isFalse();
        server.start();
    }

    @Test
    @DisplayName("reports an error with its SQLSTATE and position and nothing of the server's inside")
    void errors() throws Exception {
        try (Connection connection = server.connect();
                Statement statement = connection.createStatement()) {
            assertThatThrownBy(() -> statement.executeQuery("FAIL"))
                    .isInstanceOf(SQLSyntaxErrorException.class)
                    .hasMessage("line 1:6: unknown column \"x\"")
                    .hasNoCause()
                    .extracting(e -> ((SQLException) e).getSQLState())
                    .isEqualTo("42703");
            try (PreparedStatement prepared = connection.prepareStatement("FAIL")) {
                assertThatThrownBy(prepared::execute).hasMessage("line 1:6: unknown column \"x\"");
            }
            server.result("TICKS", FakeColumn.bigint("n"));
            assertThatThrownBy(() -> statement.executeUpdate("TICKS")).hasMessageContaining("gives rows");
            assertThatThrownBy(() -> statement.executeQuery("INSERT")).hasMessageContaining("gives no rows");
            assertThat(statement.execute("INSERT")).isFalse();
            assertThat(statement.getUpdateCount()).isEqualTo(1);
            assertThat(statement.getMoreResults()).isFalse();
            assertThat(statement.getUpdateCount()).isEqualTo(-1);
            assertThat(statement.execute("TICKS")).isTrue();
            assertThatThrownBy(() -> statement.getResultSet().findColumn("m")).hasMessageContaining("no column \"m\"");
        }
    }

    @Nested
    @DisplayName("A batch")
    class Batches {
        @Test
        @DisplayName("of a hundred thousand rows in one prepared INSERT is one request")
        void big() throws Exception {
            try (Connection connection = server.connect();
                    PreparedStatement insert = connection.prepareStatement("INSERT ? ?")) {
                for (int i = 0; i < 100_000; i++) {
                    insert.setLong(1, i);
                    insert.setString(2, "row " + i);
                    insert.addBatch();
                }
                server.requests.clear();
                long[] counts = insert.executeLargeBatch();
                assertThat(counts).hasSize(100_000);
                assertThat(Arrays.stream(counts).sum()).isEqualTo(100_000);
                assertThat(server.requests).containsExactly("ExecuteBatchRequest");
                assertThat(server.inserted.get(99_999)).containsExactly(99_999L, "row 99999");
                assertThat(insert.executeBatch()).isEmpty();
            }
        }

        @Test
        @DisplayName("of statements is one request")
        void statements() throws Exception {
            try (Connection connection = server.connect();
                    Statement statement = connection.createStatement()) {
                statement.addBatch("INSERT 1");
                statement.addBatch("INSERT 2");
                assertThat(statement.executeBatch()).containsExactly(1, 1);
                assertThat(statement.executeBatch()).isEmpty();
                assertThat(server.inserted).hasSize(2);
            }
        }

        @Test
        @DisplayName("that fails is a BatchUpdateException")
        void fails() throws Exception {
            try (Connection connection = server.connect("reconnect=false");
                    PreparedStatement insert = connection.prepareStatement("INSERT ?")) {
                insert.setInt(1, 1);
                insert.addBatch();
                server.stop();
                assertThatThrownBy(insert::executeBatch).isInstanceOf(BatchUpdateException.class);
            }
        }
    }

    @Nested
    @DisplayName("The driver")
    class TheDriver {
        @Test
        @DisplayName("is found by its URL, and takes no other")
        void found() throws Exception {
            Driver driver = DriverManager.getDriver(server.url());
            assertThat(driver).isInstanceOf(MillraceDriver.class);
            assertThat(driver.acceptsURL("jdbc:avatica:remote:url=http://localhost"))
                    .isFalse();
            assertThat(driver.connect("jdbc:other:x", new Properties())).isNull();
            assertThat(driver.getMajorVersion()).isZero();
            assertThat(driver.getMinorVersion()).isEqualTo(1);
            assertThat(driver.jdbcCompliant()).isFalse();
            assertThat(driver.getPropertyInfo(server.url() + "?reconnect=false", new Properties()))
                    .extracting(p -> p.name + "=" + p.value)
                    .containsExactly(
                            "user=null",
                            "password=null",
                            "reconnect=false",
                            "connectTimeout=10 s",
                            "retryTimeout=20 s",
                            "keepAlive=10 s",
                            "producer=null");
        }

        @Test
        @DisplayName("refuses unknown keys and malformed URLs without repeating a password")
        void refuses() {
            refused("jdbc:millrace://h:1?passwort=secret", "unknown connection property \"passwort\"");
            refused("jdbc:millrace://h:99999", "port 99999 is out of range");
            refused("jdbc:millrace:h", "malformed URL");
            refused("jdbc:millrace://h:1?user", "malformed URL");
            refused("jdbc:millrace://h:1?reconnect=maybe", "must be true or false");
            refused("jdbc:millrace://h:1?retryTimeout=soon", "must be a duration");
            refused("jdbc:millrace://h:1?keepAlive=1min", "must be more than 0 and at most 20 s");
            refused("jdbc:millrace://h:1?producer=two%20words", "without blanks");
            refused("jdbc:millrace://h:1?password=50%", "malformed value of connection property \"password\"");
        }

        private void refused(String url, String message) {
            assertThatThrownBy(() -> DriverManager.getConnection(url))
                    .isInstanceOf(SQLException.class)
                    .hasMessageContaining(message)
                    .hasMessageNotContaining("secret");
        }

        @Test
        @DisplayName("has port 8765 by default, and lets properties win over the URL")
        void defaults() throws Exception {
            Properties properties = new Properties();
            properties.setProperty("user", "bob");
            ConnectionSettings settings = MillraceUrl.parse("jdbc:millrace://[::1]/?user=ann", properties);
            assertThat(settings.port()).isEqualTo(8765);
            assertThat(settings.user()).isEqualTo("bob");
            assertThat(settings.url()).isEqualTo("jdbc:millrace://[::1]:8765");
            assertThat(settings.reconnect()).isTrue();
            assertThat(settings.retryTimeout()).hasSeconds(20);
        }
    }
}
