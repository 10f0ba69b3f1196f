package io.millrace.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@DisplayName("A request")
@Timeout(30)
class HttpExchangeTest {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private RawServer server;
    private HttpPool pool = new HttpPool();

    @BeforeEach
    void start() throws IOException {
        server = new RawServer();
    }

    @AfterEach
    void stop() throws IOException {
        Thread.interrupted();
        pool.close();
        server.close();
    }

    private HttpExchange exchange(Duration timeout) throws SQLException {
        return transport().post("", new byte[0], Map.of(), timeout);
    }

    private HttpTransport transport() throws SQLException {
        return new HttpTransport(
                MillraceUrl.parse("jdbc:millrace://127.0.0.1:" + server.port(), new Properties()), pool);
    }

    private String ask() throws IOException, SQLException {
        return new String(exchange(PATIENCE).answer().body(), StandardCharsets.UTF_8);
    }

    /** So many requests that are under way at the same time, and answered. */
    private void askAtOnce(int requests) throws SQLException {
        CountDownLatch arrived = new CountDownLatch(requests);
        server.beforeReply = () -> {
            arrived.countDown();
            try {
                arrived.await();
            } catch (InterruptedException ended) {
                throw new IllegalStateException(ended);
            }
        };
        List<CompletableFuture<Answer>> answers = new ArrayList<>();
        for (int i = 0; i < requests; i++) {
            answers.add(HttpTransport.later(exchange(PATIENCE)));
        }
        answers.forEach(CompletableFuture::join);
        server.beforeReply = () -> {};
    }

    @Test
    @DisplayName("uses the connection of the one before")
    void reuse() throws Exception {
        for (int i = 0; i < 100; i++) {
            assertThat(ask()).isEqualTo("ok");
        }
        assertThat(server.accepted).hasValue(1);
        assertThat(server.requests).hasValue(100);
        assertThat(pool.size()).isEqualTo(1);
    }

    @Test
    @DisplayName("does not notice that the server has closed its idle connections")
    void stale() throws Exception {
        askAtOnce(3);
        server.hangUp();
        FakeServer.await(server.open::isEmpty);
        assertThat(ask()).isEqualTo("ok");
        assertThat(server.accepted).hasValue(4);
        assertThat(server.requests).hasValue(4);
    }

    @Test
    @DisplayName("whose answer says so leaves no connection behind")
    void closed() throws Exception {
        server.reply = "HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 2\r\n\r\nok";
        assertThat(ask()).isEqualTo("ok");
        assertThat(pool.size()).isZero();
        FakeServer.await(server.open::isEmpty);
    }

    @Nested
    @DisplayName("leaves an idle connection")
    class Idle {
        @Test
        @DisplayName("of which there are not too many")
        void surplus() throws Exception {
            pool = new HttpPool(2, PATIENCE);
            askAtOnce(5);
            assertThat(pool.size()).isEqualTo(2);
            FakeServer.await(() -> server.open.size() == 2);
        }

        @Test
        @DisplayName("which is closed after a while")
        void sweep() throws Exception {
            pool = new HttpPool(10, Duration.ofMillis(50));
            askAtOnce(3);
            FakeServer.await(server.open::isEmpty);
            assertThat(pool.size()).isZero();
            assertThat(ask()).isEqualTo("ok");
            FakeServer.await(server.open::isEmpty);
        }

        @Test
        @DisplayName("which is closed with the driver's connection, as is one still in use then")
        void close() throws Exception {
            askAtOnce(3);
            pool.close();
            FakeServer.await(server.open::isEmpty);
            assertThat(ask()).isEqualTo("ok");
            FakeServer.await(server.open::isEmpty);
        }
    }

    @Nested
    @DisplayName("that waits for its answer")
    class Waiting {
        @Test
        @DisplayName("fails at once when it is aborted, and closes its connection")
        void abort() throws Exception {
            server.reply = null;
            HttpExchange exchange = exchange(PATIENCE);
            CompletableFuture<Answer> answer = HttpTransport.later(exchange);
            FakeServer.await(() -> server.requests.get() == 1);
            exchange.abort();
            assertThatThrownBy(() -> answer.get(5, TimeUnit.SECONDS)).hasCauseInstanceOf(IOException.class);
            FakeServer.await(server.open::isEmpty);
        }

        @Test
        @DisplayName("does not hurt another one when it is aborted after its answer")
        void lateAbort() throws Exception {
            HttpExchange first = exchange(PATIENCE);
            first.answer();
            CountDownLatch goOn = new CountDownLatch(1);
            server.beforeReply = () -> {
                try {
                    goOn.await();
                } catch (InterruptedException ended) {
                    throw new IllegalStateException(ended);
                }
            };
            CompletableFuture<Answer> second = HttpTransport.later(exchange(PATIENCE));
            FakeServer.await(() -> server.requests.get() == 2);
            first.abort();
            goOn.countDown();
            assertThat(second.get(5, TimeUnit.SECONDS).body()).hasSize(2);
            assertThat(server.accepted).hasValue(1);
        }

        @Test
        @DisplayName("fails when its thread is interrupted, which it remains")
        void interrupt() throws Exception {
            server.reply = null;
            Thread waiting = Thread.currentThread();
            server.beforeReply = waiting::interrupt;
            assertThatThrownBy(() -> exchange(PATIENCE).answer()).isInstanceOf(InterruptedIOException.class);
            assertThat(Thread.interrupted()).isTrue();
        }

        @Test
        @DisplayName("is asked again if it may not be disturbed by an interrupt")
        void undisturbed() throws Exception {
            Thread waiting = Thread.currentThread();
            server.beforeReply = () -> {
                if (server.requests.get() == 1) {
                    waiting.interrupt();
                    FakeServer.await(() -> server.requests.get() > 1);
                }
            };
            waiting.interrupt();
            assertThat(transport().undisturbed("", new byte[0], PATIENCE).body())
                    .hasSize(2);
            assertThat(Thread.interrupted()).isTrue();
            assertThat(server.requests).hasValue(2);
        }

        @Test
        @DisplayName("fails after its timeout, in words")
        void timeout() {
            server.reply = null;
            assertThatThrownBy(() -> exchange(Duration.ofMillis(50)).answer())
                    .isInstanceOf(IOException.class)
                    .hasMessage("no answer in time");
        }

        @Test
        @DisplayName("fails when the connection is closed, before the answer and within it")
        void broken() {
            server.reply = null;
            server.beforeReply = () -> {
                try {
                    server.hangUp();
                } catch (IOException failed) {
                    throw new IllegalStateException(failed);
                }
            };
            assertThatThrownBy(() -> exchange(PATIENCE).answer()).isInstanceOf(IOException.class);
            server.reply = "HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 20\r\n\r\nok";
            server.beforeReply = () -> {};
            assertThatThrownBy(() -> exchange(Duration.ofMillis(200)).answer()).isInstanceOf(IOException.class);
        }
    }

    @Test
    @DisplayName("to a server that is not there is refused in words")
    void refused() throws Exception {
        try (Socket nobody = new Socket()) { // holds a port at which nobody listens
            nobody.bind(new InetSocketAddress("127.0.0.1", 0));
            HttpTransport transport = new HttpTransport(
                    MillraceUrl.parse("jdbc:millrace://127.0.0.1:" + nobody.getLocalPort(), new Properties()), pool);
            assertThatThrownBy(() ->
                            transport.post("", new byte[0], Map.of(), PATIENCE).answer())
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("onnection refused");
        }
    }
}
