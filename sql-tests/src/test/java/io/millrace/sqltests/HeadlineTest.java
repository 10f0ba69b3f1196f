package io.millrace.sqltests;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.executor.time.ManualClock;
import io.millrace.server.Server;
import io.millrace.server.ServerSettings;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The headline query over words from a socket, on a clock that is moved by hand. */
@Timeout(60)
class HeadlineTest {
    private static final String QUERY =
            "SELECT word, COUNT(*) FROM lines WINDOW HOP(30s,10s) WHERE word LIKE '%ERROR%'";
    private static final long SECOND = 1_000_000;

    private ManualClock clock;
    private Server server;
    private LineServer source;
    private Connection connection;

    @BeforeEach
    void start(@TempDir Path data) throws Exception {
        clock = new ManualClock(Instant.parse("2026-01-01T00:00:01Z").getEpochSecond() * SECOND);
        server = Server.start(ServerSettings.defaults(data).withPort(0), clock);
        source = new LineServer();
        connection = DriverManager.getConnection("jdbc:millrace://127.0.0.1:" + server.port());
        try (Statement statement = connection.createStatement()) {
            statement.execute(
                    "CREATE STREAM lines (word VARCHAR) WITH (connector = 'socket', host = '127.0.0.1', port = '"
                            + source.port() + "', format = 'text', split = ' ')");
        }
        source.accept();
    }

    @AfterEach
    void stop() throws Exception {
        connection.close();
        server.close();
        source.close();
    }

    @Test
    void countsWordsPerWindowAndClosesWindowsThoughNoMoreDataComes() throws Exception {
        try (Statement query = connection.createStatement();
                ResultSet results = query.executeQuery(QUERY)) {
            sendAndAwait("ERROR ok DB_ERROR\nERROR fine\n", 5);
            clock.advance(10 * SECOND);
            assertThat(Rows.next(results, 2)).containsExactly("DB_ERROR|1", "ERROR|2");
            sendAndAwait("ERROR\n", 6);
            clock.advance(10 * SECOND);
            assertThat(Rows.next(results, 2)).containsExactly("DB_ERROR|1", "ERROR|3");
            clock.advance(10 * SECOND);
            assertThat(Rows.next(results, 2)).containsExactly("DB_ERROR|1", "ERROR|3");
            clock.advance(10 * SECOND);
            assertThat(Rows.next(results, 1)).containsExactly("ERROR|1");
        }
    }

    @Test
    void aSourceThatGoesAwayIsConnectedToAgain() throws Exception {
        sendAndAwait("one two\n", 2);
        source.hangUp();
        source.accept();
        sendAndAwait("three\n", 3);
        try (Statement statement = connection.createStatement()) {
            assertThat(Rows.of(statement, "SELECT word FROM lines")).isEqualTo(List.of("one", "two", "three"));
        }
    }

    private void sendAndAwait(String text, long rows) throws Exception {
        source.send(text);
        try (Statement statement = connection.createStatement()) {
            while (!Rows.of(statement, "SELECT COUNT(*) FROM lines").equals(List.of(Long.toString(rows)))) {
                Thread.onSpinWait();
            }
        }
    }
}
