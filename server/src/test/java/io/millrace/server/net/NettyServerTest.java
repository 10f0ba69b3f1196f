package io.millrace.server.net;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.settings.ByteSize;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("The HTTP port")
class NettyServerTest {
    private static final HttpRoutes ROUTES = HttpRoutes.EMPTY
            .with("GET", "/", exchange -> exchange.respondText(200, "hello\n"))
            .with(
                    "POST",
                    "/",
                    exchange -> exchange.respondText(200, exchange.body().toString(StandardCharsets.UTF_8)));

    private final NettyServer server = new NettyServer(
            new NetworkSettings(
                    "127.0.0.1",
                    0,
                    8,
                    8,
                    ByteSize.ofMebibytes(1),
                    ByteSize.ofMebibytes(2),
                    Duration.ofMillis(300),
                    Duration.ofMillis(300),
                    Duration.ofMillis(600)),
            ROUTES);

    @AfterEach
    void stop() {
        server.close();
    }

    /** All that comes until the server closes. */
    private String send(String... parts) throws IOException {
        try (Socket socket = new Socket("127.0.0.1", server.port())) {
            socket.setSoTimeout(20_000);
            for (String part : parts) {
                socket.getOutputStream().write(part.getBytes(StandardCharsets.ISO_8859_1));
                socket.getOutputStream().flush();
            }
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
        }
    }

    private static String get(String path) {
        return "GET " + path + " HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n";
    }

    @Test
    void answers() throws IOException {
        assertThat(send(get("/"))).startsWith("HTTP/1.1 200 OK").endsWith("hello\n");
        assertThat(send(get("/?x=1"))).startsWith("HTTP/1.1 200 OK");
        assertThat(send(get("/nothing"))).startsWith("HTTP/1.1 404 ");
    }

    @Test
    void answers_requests_that_were_sent_together_in_their_order() throws IOException {
        StringBuilder requests = new StringBuilder();
        StringBuilder bodies = new StringBuilder();
        for (int i = 0; i < 20; i++) {
            requests.append("POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 4\r\n\r\nb")
                    .append(100 + i);
        }
        String reply = send(requests + get("/"));
        for (int i = 0; i < 20; i++) {
            bodies.append(reply, reply.indexOf("b" + (100 + i)), reply.indexOf("b" + (100 + i)) + 4);
        }
        assertThat(bodies.toString()).startsWith("b100b101").endsWith("b119");
        assertThat(reply).endsWith("hello\n");
    }

    @Test
    void joins_a_body_sent_in_chunks() throws IOException {
        assertThat(send(
                        "POST / HTTP/1.1\r\nHost: h\r\nConnection: close\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n",
                        "2\r\nde\r\n0\r\n\r\n"))
                .endsWith("abcde");
    }

    @Nested
    @DisplayName("refuses")
    class Refuses {
        @ParameterizedTest
        @ValueSource(
                strings = {
                    "\u0016\u0003\u0001\u0000\u00a5\u0001\u0000\u0000\u00a1\u0003\u0003 tls \r\n\r\n",
                    "hello there\r\n\r\n",
                    "\u0000\u0000\u0000\u0008\u0004\u00d2\u0016/\r\n\r\n",
                    "GET / HTTP/1.1\r\nHost: h\r\nBad Header: x\r\n\r\n",
                    "GET / HTTP/1.1\r\nHost: h\r\nX: a\u0000b\r\n\r\n",
                    "GET / HTTP/1.1\r\n\r\n",
                    "GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n",
                    "POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 3\r\nContent-Length: 4\r\n\r\nabc",
                    "POST / HTTP/1.1\r\nHost: h\r\nContent-Length: -3\r\n\r\nabc",
                    "POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
                    "POST / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\nxyz\r\n"
                })
        void what_is_malformed(String bytes) throws IOException {
            assertThat(send(bytes)).startsWith("HTTP/1.1 400 ");
        }

        @Test
        void other_versions_and_methods() throws IOException {
            assertThat(send("GET / HTTP/1.0\r\nHost: h\r\n\r\n")).startsWith("HTTP/1.1 505 ");
            assertThat(send("POST / HTTP/1.0\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n"))
                    .startsWith("HTTP/1.1 400 ");
            assertThat(send("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n")).startsWith("HTTP/1.1 505 ");
            assertThat(send("DELETE / HTTP/1.1\r\nHost: h\r\n\r\n")).startsWith("HTTP/1.1 405 ");
        }

        @Test
        void web_pages() throws IOException {
            assertThat(send("POST / HTTP/1.1\r\nHost: h\r\nOrigin: http://evil\r\nContent-Length: 0\r\n\r\n"))
                    .startsWith("HTTP/1.1 403 ");
        }

        @Test
        void what_is_too_long() throws IOException {
            assertThat(send("GET /" + "a".repeat(5_000) + " HTTP/1.1\r\nHost: h\r\n\r\n"))
                    .startsWith("HTTP/1.1 414 ");
            assertThat(send("GET / HTTP/1.1\r\nHost: h\r\nX: " + "a".repeat(9_000) + "\r\n\r\n"))
                    .startsWith("HTTP/1.1 431 ");
            assertThat(send("POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 2000000\r\n\r\n"))
                    .startsWith("HTTP/1.1 413 ");
            assertThat(send(
                            "POST / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n100001\r\n",
                            "a".repeat(1 << 20) + "a\r\n"))
                    .startsWith("HTTP/1.1 413 ");
        }

        @Test
        void who_is_too_slow() throws IOException {
            assertThat(send("GET / HTTP/1.1\r\nHo")).startsWith("HTTP/1.1 408 ");
            assertThat(send("POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 10\r\n\r\nabc"))
                    .startsWith("HTTP/1.1 408 ");
            assertThat(send("")).isEmpty();
            assertThat(send("GET / HTTP/1.1\r\nHost: h\r\n\r\n")).endsWith("hello\n");
        }

        @Test
        void one_connection_too_many() throws IOException {
            Socket[] open = new Socket[8];
            for (int i = 0; i < open.length; i++) {
                open[i] = new Socket("127.0.0.1", server.port());
                open[i].getOutputStream().write("GET / HTTP/1.1\r\nHost: h\r\n\r\n".getBytes(StandardCharsets.UTF_8));
                InputStream in = open[i].getInputStream();
                assertThat(in.read()).isEqualTo('H');
            }
            assertThat(sendOrReset(get("/"))).isEmpty();
            for (Socket socket : open) {
                socket.close();
            }
        }

        private String sendOrReset(String request) {
            try {
                return send(request);
            } catch (IOException reset) {
                return "";
            }
        }

        @Test
        void noise_and_goes_on() throws IOException {
            long seed = System.nanoTime();
            Random random = new Random(seed);
            for (int i = 0; i < 50; i++) {
                byte[] noise = new byte[random.nextInt(200)];
                random.nextBytes(noise);
                sendOrReset(new String(noise, StandardCharsets.ISO_8859_1) + "\r\n\r\n");
            }
            assertThat(send(get("/"))).as("seed %d", seed).endsWith("hello\n");
        }
    }
}
