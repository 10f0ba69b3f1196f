package io.millrace.sqltests;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.executor.time.ManualClock;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The server ends the queries of clients that are gone, and only those, on a clock that is moved by hand. */
@Timeout(30)
class AbandonedQueryTest {
    private static final long SECOND = 1_000_000;
    private static final String TAIL = "SELECT STREAM n FROM events";

    private ManualClock clock;
    private LocalServer server;

    @BeforeEach
    void start(@TempDir Path data) throws Exception {
        clock = new ManualClock(1_700_000_000 * SECOND);
        server = new LocalServer(data, clock);
        server.run("CREATE STREAM events (n INTEGER)");
    }

    @AfterEach
    void stop() throws Exception {
        server.close();
    }

    @Test
    void aQueryWhoseReaderTakesLongBetweenTwoRowsGoesOn() throws Exception {
        try (Connection connection = server.connect("?keepAlive=5ms");
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(TAIL)) {
            server.run("INSERT INTO events VALUES (1)");
            assertThat(rows.next()).isTrue();
            for (int second = 0; second < 900; second++) {
                clock.advance(SECOND);
                assertThat(server.runningQueries()).isOne();
            }
            server.run("INSERT INTO events VALUES (2)");
            assertThat(rows.next()).isTrue();
            assertThat(rows.getInt(1)).isEqualTo(2);
        }
    }

    @Test
    void theQueryOfAProcessThatWasKilledWhileItWaitedEndsWithinTenSeconds() throws Exception {
        killed("wait");
    }

    @Test
    void theQueryOfAProcessThatWasKilledBetweenTwoRowsEndsWithinTenSeconds() throws Exception {
        killed("pause");
    }

    private void killed(String how) throws Exception {
        Process client = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Client.class.getName(),
                        Integer.toString(server.port()),
                        how)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (BufferedReader output =
                new BufferedReader(new InputStreamReader(client.getInputStream(), StandardCharsets.UTF_8))) {
            server.awaitRunningQueries(1);
            server.run("INSERT INTO events VALUES (1)");
            assertThat(output.readLine()).isEqualTo("row");
            clock.advance(60 * SECOND);
            awaitExpiry();
            server.awaitRunningQueries(1);
            client.destroyForcibly().waitFor();
            awaitExpiry();
            clock.advance(9 * SECOND);
            server.awaitRunningQueries(0);
        } finally {
            client.destroyForcibly();
        }
    }

    /** The server looks for abandoned queries twice in a second of the machine's time. */
    private static void awaitExpiry() {
        long start = System.nanoTime();
        while (System.nanoTime() - start < 1_200_000_000) {
            Thread.onSpinWait();
        }
    }

    /** Reads one row, and then waits for another one or for nothing. */
    static final class Client {
        private Client() {}

        public static void main(String[] arguments) throws Exception {
            String url = "jdbc:millrace://127.0.0.1:" + arguments[0] + "?keepAlive=50ms";
            try (Connection connection = DriverManager.getConnection(url);
                    Statement statement = connection.createStatement();
                    ResultSet rows = statement.executeQuery(TAIL)) {
                rows.next();
                System.out.println("row");
                if (arguments[1].equals("wait")) {
                    rows.next();
                }
                new CountDownLatch(1).await(); // until it is killed
            }
        }
    }
}
