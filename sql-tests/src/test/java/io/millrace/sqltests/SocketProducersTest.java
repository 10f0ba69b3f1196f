package io.millrace.sqltests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Clients of a socket that say who they are, and number their lines. */
@Timeout(60)
class SocketProducersTest {
    @TempDir
    Path data;

    private LocalServer server;
    private int port;

    @BeforeEach
    void start() throws Exception {
        server = new LocalServer(data);
        port = freePort();
    }

    @AfterEach
    void stop() throws Exception {
        server.close();
    }

    static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private void create(String columns, String options) throws Exception {
        server.run("CREATE STREAM lines (" + columns + ") WITH (connector = 'socket', host = '127.0.0.1',"
                + " mode = 'listen', port = '" + port + "', handshake = 'true'" + options + ")");
    }

    private LineProducer hello(String hello, String answer) throws IOException {
        LineProducer client = LineProducer.connect(port).send("HELLO " + hello + "\n");
        assertThat(client.answer()).isEqualTo(answer);
        return client;
    }

    @Test
    void linesAreAcknowledgedWhenTheyAreOnDisk() throws Exception {
        create("line VARCHAR", "");
        try (LineProducer client = hello("loader", "OK 1 0")) {
            client.send("one\ntwo\nthree\n").awaitAck(3);
            assertThat(server.rows("SELECT line FROM lines")).containsExactly("one", "two", "three");
            client.send("four\nfi").awaitAck(4);
        }
        try (LineProducer client = hello("loader epoch=1", "OK 2 4")) {
            client.send("five\n").awaitAck(5);
        }
        assertThat(server.rows("SELECT line FROM lines")).containsExactly("one", "two", "three", "four", "five");
        assertThat(server.rows("SELECT target, name, epoch, sequence, last_rows FROM sys.producers"))
                .containsExactly("lines|loader|2|5|1");
    }

    @Test
    void aFileThatIsSentAgainAsAWholeIsStoredOnce() throws Exception {
        create("n BIGINT", "");
        for (int attempt = 0; attempt < 3; attempt++) {
            try (LineProducer client = LineProducer.connect(port)) {
                client.send("HELLO loader first=1\n1\n2\nx\n\n4\n").end();
                assertThat(client.answer()).startsWith("OK ");
                if (attempt == 0) {
                    client.awaitAck(5);
                }
                assertThat(client.answer()).isNull();
            }
        }
        assertThat(server.rows("SELECT n FROM lines")).containsExactly("1", "2", "4");
        assertThat(server.rows("SELECT line, raw FROM lines_errors")).containsExactly("3|x", "4|");
    }

    @Test
    void aHeaderIsNotCounted() throws Exception {
        create("n BIGINT, text VARCHAR", ", format = 'csv'");
        try (LineProducer client = hello("loader", "OK 1 0")) {
            client.send("text,n\n\"a\nb\",1\nc,2\n").awaitAck(2);
        }
        try (LineProducer client = hello("loader", "OK 2 2")) {
            client.send("n,text\n3,d\n").awaitAck(3);
        }
        try (LineProducer client = hello("loader", "OK 3 3")) {
            client.send("nothing\n");
            assertThat(client.answer()).startsWith("ERROR 22000 the header names no column");
        }
        assertThat(server.rows("SELECT n FROM lines")).containsExactly("1", "2", "3");
    }

    @Test
    void aLineThatIsNoRowIsCountedAndSetAsideOnce() throws Exception {
        create("n BIGINT", ", split = ' '");
        for (int attempt = 0; attempt < 2; attempt++) {
            try (LineProducer client = LineProducer.connect(port)) {
                client.send("HELLO loader first=1\n1 x 2 y\n\nz\n3\nu v\n").end();
                while (client.answer() != null) {
                    Thread.onSpinWait();
                }
            }
        }
        assertThat(server.rows("SELECT n FROM lines")).containsExactly("1", "2", "3");
        assertThat(server.rows("SELECT line, raw FROM lines_errors"))
                .containsExactly("1|1 x 2 y", "1|1 x 2 y", "3|z", "5|u v", "5|u v");
    }

    @Test
    void aGapIsRefused() throws Exception {
        create("line VARCHAR", "");
        try (LineProducer client = LineProducer.connect(port)) {
            client.send("HELLO loader first=3\nthree\n");
            assertThat(client.answer())
                    .isEqualTo("ERROR 22M01 out of order: the lines begin with number 3, but the last one of producer"
                            + " \"loader\" in stream \"lines\" is 0. Send line 1 first.");
            assertThat(client.answer()).isNull();
        }
        assertThat(server.rows("SELECT line FROM lines")).isEmpty();
    }

    @Test
    void theLaterConnectionOfAProducerEndsTheEarlier() throws Exception {
        create("line VARCHAR", "");
        try (LineProducer earlier = hello("loader", "OK 1 0")) {
            earlier.send("one\n").awaitAck(1);
            try (LineProducer later = hello("loader", "OK 2 1")) {
                assertThat(earlier.answer())
                        .startsWith("ERROR 08M01 producer \"loader\" of epoch 1 was replaced by one of epoch 2");
                assertThat(earlier.answer()).isNull();
                later.send("two\n").awaitAck(2);
            }
        }
        try (LineProducer earlier = LineProducer.connect(port)) {
            earlier.send("HELLO loader epoch=1\n");
            assertThat(earlier.answer()).startsWith("ERROR 08M01 producer \"loader\" of epoch 1 was replaced");
        }
        try (LineProducer other = hello("another", "OK 1 0")) {
            other.send("three\n").awaitAck(1);
        }
        assertThat(server.rows("SELECT line FROM lines")).containsExactly("one", "two", "three");
    }

    @Test
    void whatIsNoHelloIsRefused() throws Exception {
        create("line VARCHAR", "");
        for (String wrong : new String[] {
            "",
            "GET / HTTP/1.1",
            "HELLO",
            "HELLO ",
            "HELLO a b",
            "HELLO a epoch=0",
            "HELLO a first=x",
            "hello a",
            "HELLO a epoch=1 epoch=1",
            "HELLO " + "x".repeat(300),
            "x".repeat(2_000)
        }) {
            try (LineProducer client = LineProducer.connect(port)) {
                client.send(wrong + "\nline\n");
                assertThat(client.answer()).as(wrong).matches("ERROR (08P01|22023) .*");
                assertThat(client.answer()).isNull();
            }
        }
        assertThat(server.rows("SELECT line FROM lines")).isEmpty();
    }

    @Test
    void itNeedsClientsThatConnect() {
        assertThatThrownBy(() -> server.run("CREATE STREAM lines (line VARCHAR) WITH (connector = 'socket', port = '1',"
                        + " handshake = 'true')"))
                .hasMessageContaining("option 'handshake' needs mode 'listen'");
    }
}
