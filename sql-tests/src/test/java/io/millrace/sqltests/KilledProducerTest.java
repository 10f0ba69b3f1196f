package io.millrace.sqltests;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A program sends numbered lines through a socket, and the server is killed now and then; so is the program's connection.
 * Each line is there once. {@code -Dmillrace.kill.rounds=20} kills more often.
 */
@Timeout(600)
class KilledProducerTest {
    private static final int ROUNDS = Integer.getInteger("millrace.kill.rounds", 2);
    private static final long LINES_PER_ROUND = 20_000;
    private static final long LINES = LINES_PER_ROUND * (ROUNDS + 1);
    private static final int BAD_LINE = 97;

    private final AtomicLong acknowledged = new AtomicLong();
    private final AtomicBoolean ended = new AtomicBoolean();
    private final AtomicReference<Throwable> failure = new AtomicReference<>();

    @TempDir
    Path data;

    @Test
    void eachLineIsThereOnceWhereverTheServerIsKilled() throws Exception {
        long seed = Long.getLong("millrace.seed", System.nanoTime());
        System.out.println("seed " + seed);
        Random random = new Random(seed);
        int port = SocketProducersTest.freePort();
        Thread program = new Thread(() -> send(port, new Random(seed)), "program");
        ServerProcess server = ServerProcess.start(data);
        try {
            run(
                    server,
                    "CREATE STREAM numbers (n BIGINT) WITH (connector = 'socket', host = '127.0.0.1', mode = 'listen',"
                            + " port = '" + port + "', handshake = 'true')");
            program.start();
            for (int round = 1; round <= ROUNDS; round++) {
                await(round * LINES_PER_ROUND - random.nextInt((int) LINES_PER_ROUND / 2));
                server.kill();
                server = ServerProcess.start(data);
            }
            await(LINES);
            program.join();
            check(server);
        } finally {
            ended.set(true);
            server.close();
            program.join();
        }
    }

    private void check(ServerProcess server) throws SQLException {
        long bad = LINES / BAD_LINE;
        try (Connection connection = DriverManager.getConnection(server.url());
                Statement statement = connection.createStatement()) {
            assertThat(Rows.of(statement, "SELECT COUNT(*), COUNT(DISTINCT n), MIN(n), MAX(n) FROM numbers"))
                    .containsExactly((LINES - bad) + "|" + (LINES - bad) + "|1|" + LINES);
            assertThat(Rows.of(statement, "SELECT COUNT(*), COUNT(DISTINCT raw) FROM numbers_errors"))
                    .containsExactly(bad + "|" + bad);
            assertThat(Rows.of(statement, "SELECT sequence FROM sys.producers WHERE target = 'numbers'"))
                    .containsExactly(Long.toString(LINES));
        }
    }

    /** Sends until all is acknowledged, over any number of connections. */
    private void send(int port, Random random) {
        try {
            while (acknowledged.get() < LINES && !ended.get()) {
                try (LineProducer client = LineProducer.connect(port)) {
                    send(client, random);
                } catch (IOException broken) {
                    Thread.onSpinWait();
                }
            }
        } catch (RuntimeException | Error wrong) {
            failure.set(wrong);
        }
    }

    private void send(LineProducer client, Random random) throws IOException {
        String[] ok = String.valueOf(client.send("HELLO program\n").answer()).split(" ");
        if (!ok[0].equals("OK")) {
            throw new IOException(String.join(" ", ok));
        }
        long next = Long.parseLong(ok[2]) + 1;
        assertThat(next).as("what was acknowledged is there").isGreaterThan(acknowledged.get());
        acknowledged.accumulateAndGet(next - 1, Math::max);
        long last = Math.min(LINES, next + random.nextInt((int) LINES_PER_ROUND));
        StringBuilder text = new StringBuilder();
        for (long n = next; n <= last; n++) {
            text.append(n % BAD_LINE == 0 ? "bad " + n : Long.toString(n)).append('\n');
            if (random.nextInt(100) == 0 || n == last) {
                client.send(text.toString());
                text.setLength(0);
            }
        }
        if (last < LINES && random.nextBoolean()) {
            return; // hangs up without waiting
        }
        for (String line = client.answer(); line != null && line.startsWith("ACK "); line = client.answer()) {
            long number = Long.parseLong(line.substring(4));
            acknowledged.accumulateAndGet(number, Math::max);
            if (number == last) {
                return;
            }
        }
    }

    private void await(long line) {
        while (acknowledged.get() < line) {
            assertThat(failure.get()).isNull();
            Thread.onSpinWait();
        }
    }

    private static void run(ServerProcess server, String sql) throws SQLException {
        try (Connection connection = DriverManager.getConnection(server.url());
                Statement statement = connection.createStatement()) {
            statement.executeUpdate(sql);
        }
    }
}
