package io.millrace.sqltests;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Connections that are shared by HikariCP. */
@Timeout(60)
class HikariTest {
    private ClientServer millrace;
    private HikariDataSource pool;

    @BeforeEach
    void start(@TempDir Path data) throws Exception {
        millrace = new ClientServer(data);
        pool = new HikariDataSource(settings());
    }

    private HikariConfig settings() {
        HikariConfig settings = new HikariConfig();
        settings.setJdbcUrl(millrace.url());
        settings.setUsername("ann");
        settings.setPassword("secret");
        settings.setMaximumPoolSize(4);
        settings.setTransactionIsolation("TRANSACTION_READ_COMMITTED");
        settings.setSchema("public");
        settings.addDataSourceProperty("retryTimeout", "5 s");
        return settings;
    }

    @AfterEach
    void stop() throws Exception {
        pool.close();
        millrace.close();
    }

    @Test
    void lendsTheSameConnectionsToManyThreads() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(8);
        List<Future<Integer>> inserted = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            int id = i;
            inserted.add(threads.submit(() -> {
                try (Connection connection = pool.getConnection();
                        PreparedStatement insert =
                                connection.prepareStatement("INSERT INTO events (id, name) VALUES (?, ?)")) {
                    insert.setLong(1, id);
                    insert.setString(2, "name " + id);
                    insert.addBatch();
                    insert.setLong(1, id + 1000);
                    insert.setString(2, null);
                    insert.addBatch();
                    return insert.executeBatch().length;
                }
            }));
        }
        for (Future<Integer> count : inserted) {
            assertThat(count.get()).isEqualTo(2);
        }
        threads.shutdown();
        assertThat(millrace.server.rows("SELECT COUNT(*), COUNT(name), MAX(id) FROM events"))
                .containsExactly("80|40|1039");
        assertThat(pool.getHikariPoolMXBean().getTotalConnections()).isBetween(1, 4);
    }

    @Test
    void readsAContinuousQueryOnALentConnection() throws Exception {
        try (Connection connection = pool.getConnection();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT STREAM id FROM events")) {
            millrace.feed(1, 2);
            assertThat(Rows.next(rows, 2)).containsExactly("1", "2");
            statement.cancel();
        }
        millrace.server.awaitRunningQueries(0);
        // the connection went back to the pool in order
        try (Connection connection = pool.getConnection();
                Statement statement = connection.createStatement()) {
            assertThat(Rows.of(statement, "SELECT id FROM events ORDER BY id")).containsExactly("1", "2");
        }
    }

    @Test
    void resetsWhatABorrowerHasChanged() throws Exception {
        pool.close();
        HikariConfig one = settings();
        one.setMaximumPoolSize(1);
        pool = new HikariDataSource(one);
        try (Connection connection = pool.getConnection()) {
            connection.setReadOnly(true);
            connection.setAutoCommit(false);
            connection.setNetworkTimeout(Runnable::run, 30_000);
            connection.rollback();
        }
        try (Connection connection = pool.getConnection();
                Statement statement = connection.createStatement()) {
            assertThat(connection.isReadOnly()).isFalse();
            assertThat(connection.getAutoCommit()).isTrue();
            assertThat(statement.executeUpdate("INSERT INTO events (id) VALUES (1)"))
                    .isEqualTo(1);
        }
    }

    @Test
    void endsAContinuousQueryWhenThePoolIsShutDown() throws Exception {
        Connection connection = pool.getConnection();
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("SELECT STREAM id FROM events");
        pool.close();
        assertThat(connection.isClosed() || rows.isClosed()).isTrue();
        millrace.server.awaitRunningQueries(0);
    }
}
