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

    /** The last position that a reader has seen whole, and all it was given up to there. */
    private static final class Reader {
        private final String followed;
        private long position;
        private final List<String> rows = new ArrayList<>();

        Reader(String followed, long position) {
            this.followed = followed;
            this.position = position;
        }

        /** Reads until the server dies; what was not followed by a progress row is read again. */
        void read(String url, CountDownLatch begun) {
            List<String> step = new ArrayList<>();
            try (Connection connection = DriverManager.getConnection(url + "?retryTimeout=1");
                    Statement statement = connection.createStatement();
                    ResultSet changes = statement.executeQuery(
                            "SUBSCRIBE " + followed + " WITH (PROGRESS = TRUE) SINCE AFTER POSITION " + position)) {
                while (changes.next()) {
                    if (changes.getString("mr_op").equals("=P")) {
                        rows.addAll(step);
                        step.clear();
                        position = Math.max(position, changes.getLong("mr_pos"));
                        begun.countDown();
                    } else {
                        step.add(Rows.current(changes));
                    }
                }
            } catch (SQLException killed) {
                begun.countDown();
            }
        }
    }

    @Test
    void whatReadersWereGivenOverKillsIsWhatHappened(@TempDir Path data) throws Exception {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        List<Reader> readers = new ArrayList<>();
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
            FOLLOWED.forEach(followed -> readers.add(new Reader(followed, position)));
        }
        Reader all = new Reader("", readers.get(0).position);
        for (int round = 0; round < ROUNDS; round++) {
            try (ServerProcess server = ServerProcess.start(data)) {
                killWhileAllRead(server, readers, random);
            }
        }
        try (ServerProcess server = ServerProcess.start(data);
                Connection connection = DriverManager.getConnection(server.url());
                Statement statement = connection.createStatement()) {
            long last = position(statement);
            for (Reader reader : readers) {
                String context = "seed " + seed + ", " + reader.followed;
                reader.rows.addAll(changes(statement, reader.followed, reader.position, last));
                assertThat(reader.rows).as(context).isNotEmpty();
                assertThat(reader.rows).as(context).isEqualTo(changes(statement, reader.followed, all.position, last));
            }
            assertThat(accumulated(readers.get(0).rows))
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

    private static List<String> changes(Statement statement, String followed, long after, long upTo)
            throws SQLException {
        return Rows.of(
                statement, "SUBSCRIBE " + followed + " SINCE AFTER POSITION " + after + " UP TO POSITION " + upTo);
    }

    private static void killWhileAllRead(ServerProcess server, List<Reader> readers, Random random) throws Exception {
        CountDownLatch begun = new CountDownLatch(readers.size());
        List<Thread> threads = new ArrayList<>();
        for (Reader reader : readers) {
            threads.add(new Thread(() -> reader.read(server.url(), begun)));
        }
        CountDownLatch written = new CountDownLatch(100);
        long writerSeed = random.nextLong();
        Thread writer = new Thread(() -> write(server.url(), writerSeed, written));
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

    private static void write(String url, long seed, CountDownLatch written) {
        Random random = new Random(seed);
        try (Connection connection = DriverManager.getConnection(url + "?retryTimeout=1");
                Statement statement = connection.createStatement()) {
            for (; true; written.countDown()) {
                int id = random.nextInt(40);
                switch (random.nextInt(4)) {
                    case 0 -> statement.executeUpdate("INSERT INTO events VALUES (" + id + ")");
                    case 1 -> statement.executeUpdate("DELETE FROM accounts WHERE id = " + id);
                    case 2 ->
                        statement.executeUpdate(
                                "UPDATE accounts SET balance = balance + " + random.nextInt(50) + " WHERE id < " + id);
                    default ->
                        statement.executeUpdate("INSERT INTO accounts SELECT " + id + ", 'o" + id % 7 + "', 100 "
                                + "FROM (VALUES (1)) WHERE NOT EXISTS (SELECT 1 FROM accounts WHERE id = " + id + ")");
                }
            }
        } catch (SQLException killed) {
            assertThat(killed.getSQLState()).as(killed.getMessage()).startsWith("08");
        }
    }

    /** The rows that are there after changes, and how often. */
    private static Map<String, Integer> accumulated(List<String> changes) {
        Map<String, Integer> rows = new HashMap<>();
        for (String change : changes) {
            String[] parts = change.split("\\|", 4);
            int weight = parts[2].equals("-U") || parts[2].equals("-D") ? -1 : 1;
            rows.merge(parts[3], weight, (a, b) -> a + b == 0 ? null : a + b);
        }
        return rows;
    }

    private static Map<String, Integer> counted(List<String> rows) {
        Map<String, Integer> counted = new HashMap<>();
        rows.forEach(row -> counted.merge(row, 1, Integer::sum));
        return counted;
    }
}
