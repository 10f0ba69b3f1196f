package io.millrace.sqltests;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Streams that are fed by sockets. */
@Timeout(30)
class SourcesTest {
    @TempDir
    Path data;

    private LocalServer server;

    @BeforeEach
    void start() throws Exception {
        server = new LocalServer(data);
    }

    @AfterEach
    void stop() throws Exception {
        server.close();
    }

    private void await(String query, String... rows) throws SQLException {
        while (!server.rows(query).equals(List.of(rows))) {
            Thread.onSpinWait();
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    /** Connects when somebody listens, and sends. */
    private static void send(int port, String text) throws IOException {
        for (int attempt = 0; ; attempt++) {
            try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
                OutputStream output = socket.getOutputStream();
                output.write(text.getBytes(StandardCharsets.UTF_8));
                return;
            } catch (java.net.ConnectException notYet) {
                if (attempt == 10_000) {
                    throw notYet;
                }
            }
        }
    }

    @Test
    void csvIsReadWithWhatIsWrongSetAside() throws Exception {
        try (LineServer source = new LineServer()) {
            server.run("CREATE STREAM csv (n INTEGER, text VARCHAR) WITH (connector = 'socket', host = '127.0.0.1',"
                    + " port = '" + source.port() + "', format = 'csv')");
            source.accept();
            source.send(
                    "text,n\na,1\n\"b \"\"quoted\"\", with comma\",2\r\nc,three\n" + "x".repeat(1_100_000) + "\nd,4\n");
            await("SELECT n, text FROM csv", "1|a", "2|b \"quoted\", with comma", "4|d");
            await("SELECT COUNT(*) FROM csv_errors", "2");
            assertThat(server.rows("SELECT reason FROM csv_errors"))
                    .anySatisfy(reason -> assertThat(reason).contains("\"three\""))
                    .anySatisfy(reason -> assertThat(reason).contains("more than the limit of 1048576"));
        }
    }

    @Test
    void jsonComesFromSeveralClientsOfAPortThatIsListenedOn() throws Exception {
        int port = freePort();
        server.run("CREATE STREAM json (n INTEGER, text VARCHAR) WITH (connector = 'socket', mode = 'listen', port = '"
                + port + "', format = 'json')");
        send(port, "{\"n\":1,\"text\":\"a\",\"unknown\":[1]}\nnot json\n");
        await("SELECT COUNT(*) FROM json", "1");
        send(port, "{\"text\":null,\"n\":2}\n{\"n\":3}");
        await("SELECT n, text FROM json", "1|a", "2|NULL", "3|NULL");
        await("SELECT raw FROM json_errors", "not json");
    }

    @Test
    void aStreamIsDroppedWhileItsSourceIsConnected() throws Exception {
        int port = freePort();
        String create = "CREATE STREAM words (word VARCHAR) WITH (connector = 'socket', mode = 'listen', port = '"
                + port + "', format = 'text', split = ' ')";
        server.run(create);
        send(port, "one two\n");
        await("SELECT word FROM words", "one", "two");
        server.run("DROP STREAM words", create);
        assertThat(server.rows("SELECT word FROM words")).isEmpty();
        send(port, "three\n");
        await("SELECT word FROM words", "three");
    }

    @Test
    void aSourceGoesOnWhenTheServerIsStartedAgain() throws Exception {
        try (LineServer source = new LineServer()) {
            server.run("CREATE STREAM lines (line VARCHAR) WITH (connector = 'socket', host = '127.0.0.1', port = '"
                    + source.port() + "', format = 'text')");
            source.accept();
            source.send("before\n");
            await("SELECT line FROM lines", "before");
            server.close();
            source.hangUp();
            server = new LocalServer(data);
            source.accept();
            source.send("after\n");
            await("SELECT line FROM lines", "before", "after");
        }
    }

    @Test
    void manyLinesAreAllTaken() throws Exception {
        int port = freePort();
        server.run("CREATE STREAM lines (line VARCHAR) WITH (connector = 'socket', mode = 'listen', port = '" + port
                + "', format = 'text')");
        int count = 500_000;
        send(port, "a line that comes faster than a disk may like\n".repeat(count));
        await("SELECT COUNT(*) FROM lines", Integer.toString(count));
    }
}
