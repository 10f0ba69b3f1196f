package io.millrace.sqltests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Readers of changes whose server is killed again and again go on after the last position they have: put together, what each
 * was given is what one gets who reads all of it afterwards, to the row.
 */
@Timeout(180)
class KilledSubscriptionTest {
    private static final int ROUNDS = Integer.getInteger("millrace.kill.rounds", 3);
    private static final List<String> FOLLOWED = List.of(
            "per_owner",
            "per_size",
            "(SELECT owner, balance FROM accounts WHERE balance > 100)",
            "(SELECT id FROM events)");

    @Test
    void whatReadersWereGivenOverKillsIsWhatHappened(@TempDir Path data) throws Exception {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        List<ChangesReader> readers = new ArrayList<>();
        long first;
        try (ServerProcess server = ServerProcess.start(data);
                Connection connection = DriverManager.getConnection(server.url());
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE TABLE accounts (id INT PRIMARY KEY, owner VARCHAR, balance INT)");
            statement.execute("CREATE STREAM events (id INT)");
            statement.execute("CREATE MATERIALIZED VIEW per_owner AS "
                    + "SELECT owner, SUM(balance) AS total, COUNT(*) AS n FROM accounts GROUP BY owner");
            statement.execute(
                    "CREATE MATERIALIZED VIEW per_size AS SELECT n, COUNT(*) AS owners FROM per_owner GROUP BY n");
            long position = position(statement);
            first = position;
            FOLLOWED.forEach(followed -> readers.add(new ChangesReader(followed, position)));
        }
        for (int round = 0; round < ROUNDS; round++) {
            try (ServerProcess server = ServerProcess.start(data)) {
                killWhileAllRead(server, readers, random);
            }
        }
        try (ServerProcess server = ServerProcess.start(data);
                Connection connection = DriverManager.getConnection(server.url());
                Statement statement = connection.createStatement()) {
            long last = position(statement);
            for (ChangesReader reader : readers) {
                String context = "seed " + seed + ", " + reader.followed();
                reader.readTo(statement, last);
                assertThat(reader.rows()).as(context).isNotEmpty();
                assertThat(reader.rows())
                        .as(context)
                        .isEqualTo(ChangesReader.changes(statement, reader.followed(), first, last));
            }
            assertThat(readers.get(0).accumulated())
                    .as("seed " + seed)
                    .isEqualTo(counted(Rows.of(statement, "SELECT * FROM per_owner")));
            assertThatThrownBy(() -> statement
                            .executeQuery("SUBSCRIBE per_owner SINCE AFTER POSITION " + (last + 1_000))
                            .next())
                    .isInstanceOf(SQLException.class)
                    .hasMessageContaining("has not been reached");
        }
    }

    private static long position(Statement statement) throws SQLException {
        try (ResultSet row =
                statement.executeQuery("SELECT mr_position() FROM per_owner RIGHT JOIN (VALUES (1)) ON TRUE")) {
            assertThat(row.next()).isTrue();
            return row.getLong(1);
        }
    }

    private static void killWhileAllRead(ServerProcess server, List<ChangesReader> readers, Random random)
            throws Exception {
        CountDownLatch begun = new CountDownLatch(readers.size());
        List<Thread> threads = new ArrayList<>();
        for (ChangesReader reader : readers) {
            threads.add(new Thread(() -> reader.read(server.url(), begun)));
        }
        CountDownLatch written = new CountDownLatch(100);
        long writerSeed = random.nextLong();
        Thread writer = new Thread(() -> AccountsLoad.write(server.url(), writerSeed, "", written));
        threads.add(writer);
        threads.forEach(Thread::start);
        assertThat(begun.await(60, TimeUnit.SECONDS)).isTrue();
        assertThat(written.await(60, TimeUnit.SECONDS)).isTrue();
        new CountDownLatch(1).await(random.nextInt(400), TimeUnit.MILLISECONDS);
        server.kill();
        for (Thread thread : threads) {
            thread.join();
        }
    }

    private static Map<String, Integer> counted(List<String> rows) {
        Map<String, Integer> counted = new HashMap<>();
        rows.forEach(row -> counted.merge(row, 1, Integer::sum));
        return counted;
    }
}
