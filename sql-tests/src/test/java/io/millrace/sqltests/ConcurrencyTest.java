package io.millrace.sqltests;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.server.Server;
import io.millrace.server.ServerSettings;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Several threads use one connection. */
@Timeout(60)
class ConcurrencyTest {
    private static final int THREADS = 8;
    private static final int INSERTS = 40;

    private final ExecutorService threads = Executors.newFixedThreadPool(THREADS);
    private Server server;
    private Connection connection;

    @BeforeEach
    void start(@TempDir Path data) throws Exception {
        server = Server.start(ServerSettings.defaults(data).withPort(0));
        connection = DriverManager.getConnection("jdbc:millrace://127.0.0.1:" + server.port());
        try (Statement statement = connection.createStatement()) {
            statement.execute("CREATE STREAM numbers (thread INTEGER, n INTEGER)");
        }
    }

    @AfterEach
    void stop() throws Exception {
        threads.shutdownNow();
        connection.close();
        server.close();
    }

    @Test
    void everyInsertOfEveryThreadIsThereOnce() throws Exception {
        List<Callable<Void>> inserts = new ArrayList<>();
        for (int i = 0; i < THREADS; i++) {
            int thread = i;
            inserts.add(thread % 2 == 0 ? () -> insertPrepared(thread) : () -> insertTexts(thread));
        }
        for (Future<Void> done : threads.invokeAll(inserts)) {
            done.get();
        }
        try (Statement statement = connection.createStatement()) {
            assertThat(Rows.of(statement, "SELECT thread, n FROM numbers"))
                    .hasSize(THREADS * INSERTS)
                    .doesNotHaveDuplicates();
        }
    }

    private Void insertPrepared(int thread) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement("INSERT INTO numbers VALUES (?, ?)")) {
            for (int n = 0; n < INSERTS; n++) {
                insert.setInt(1, thread);
                insert.setInt(2, n);
                assertThat(insert.executeUpdate()).isEqualTo(1);
            }
        }
        return null;
    }

    private Void insertTexts(int thread) throws SQLException {
        for (int n = 0; n < INSERTS; n++) {
            try (Statement insert = connection.createStatement()) {
                assertThat(insert.executeUpdate("INSERT INTO numbers VALUES (" + thread + ", " + n + ")"))
                        .isEqualTo(1);
            }
        }
        return null;
    }
}
