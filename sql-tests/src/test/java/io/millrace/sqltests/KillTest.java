package io.millrace.sqltests;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Kills the server under load, again and again: every acknowledged row must be there once, every other one at most once.
 * {@code -Dmillrace.kill.rounds=20} for more rounds.
 */
class KillTest {
    private static final int ROUNDS = Integer.getInteger("millrace.kill.rounds", 3);
    private static final int WRITERS = 3;
    /** So many that an UPDATE of all takes several blocks. */
    private static final int COUNTERS = 10_000;

    /** How many UPDATEs of all counters have returned. */
    private final AtomicLong updates = new AtomicLong();

    /** The journal of the clients: rows whose INSERT has returned. */
    private final Set<Long> acknowledged = ConcurrentHashMap.newKeySet();

    private final AtomicLong nextId = new AtomicLong();

    @Test
    void everyAcknowledgedRowIsThereOnceAfterEachKill(@TempDir Path data) throws Exception {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        try (ServerProcess server = ServerProcess.start(data);
                Connection connection = DriverManager.getConnection(server.url());
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE STREAM events (id BIGINT NOT NULL, text VARCHAR)");
            statement.execute("CREATE TABLE counters (id INTEGER PRIMARY KEY, n BIGINT, text VARCHAR)");
            statement.execute("CREATE STREAM numbers (id INTEGER)");
            try (PreparedStatement insert = connection.prepareStatement("INSERT INTO numbers VALUES (?)")) {
                for (int id = 0; id < COUNTERS; id++) {
                    insert.setInt(1, id);
                    insert.addBatch();
                }
                insert.executeBatch();
            }
            statement.execute("INSERT INTO counters SELECT id, 0, 'counter' FROM numbers");
        }
        for (int round = 0; round < ROUNDS; round++) {
            try (ServerProcess server = ServerProcess.start(data)) {
                check(server, "seed " + seed + ", round " + round);
                killUnderLoad(server, random.nextInt(500));
            }
        }
        try (ServerProcess server = ServerProcess.start(data)) {
            check(server, "seed " + seed + ", at the end");
            assertThat(server.terminate()).isIn(0, 143);
        }
        try (ServerProcess server = ServerProcess.start(data)) {
            check(server, "seed " + seed + ", after a clean end");
        }
    }

    private void killUnderLoad(ServerProcess server, int extraMillis) throws Exception {
        CountDownLatch underLoad = new CountDownLatch(50 * WRITERS);
        CountDownLatch killed = new CountDownLatch(1);
        List<Thread> writers = new ArrayList<>();
        for (int i = 0; i < WRITERS; i++) {
            int batch = i == 0 ? 1 : 10 * i;
            Thread writer = new Thread(() -> write(server.url(), batch, underLoad, killed));
            writers.add(writer);
            writer.start();
        }
        Thread updater = new Thread(() -> update(server.url(), killed));
        writers.add(updater);
        updater.start();
        assertThat(underLoad.await(60, TimeUnit.SECONDS)).isTrue();
        killed.await(extraMillis, TimeUnit.MILLISECONDS);
        killed.countDown();
        server.kill();
        for (Thread writer : writers) {
            writer.join();
        }
    }

    private void write(String url, int batch, CountDownLatch underLoad, CountDownLatch killed) {
        try (Connection connection = DriverManager.getConnection(url + "?retryTimeout=1");
                PreparedStatement insert = connection.prepareStatement("INSERT INTO events VALUES (?, ?)")) {
            while (true) {
                List<Long> ids = new ArrayList<>();
                for (int i = 0; i < batch; i++) {
                    long id = nextId.getAndIncrement();
                    ids.add(id);
                    insert.setLong(1, id);
                    insert.setString(2, "row " + id);
                    insert.addBatch();
                }
                insert.executeBatch();
                acknowledged.addAll(ids);
                underLoad.countDown();
            }
        } catch (SQLException end) {
            if (killed.getCount() > 0) {
                throw new IllegalStateException("a writer failed before the kill", end);
            }
        }
    }

    private void update(String url, CountDownLatch killed) {
        try (Connection connection = DriverManager.getConnection(url + "?retryTimeout=1");
                Statement statement = connection.createStatement()) {
            while (true) {
                assertThat(statement.executeUpdate("UPDATE counters SET n = n + 1"))
                        .isEqualTo(COUNTERS);
                updates.incrementAndGet();
            }
        } catch (SQLException end) {
            if (killed.getCount() > 0) {
                throw new IllegalStateException("the updater failed before the kill", end);
            }
        }
    }

    /** Every UPDATE of all counters was made for all of them or for none; those that returned were made. */
    private void checkCounters(ServerProcess server, String when) throws SQLException {
        try (Connection connection = DriverManager.getConnection(server.url());
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT COUNT(*), MIN(n), MAX(n) FROM counters")) {
            assertThat(rows.next()).isTrue();
            assertThat(rows.getInt(1)).as(when).isEqualTo(COUNTERS);
            assertThat(rows.getLong(2)).as(when).isEqualTo(rows.getLong(3));
            assertThat(rows.getLong(2)).as(when).isBetween(updates.get(), updates.get() + 1);
            updates.set(rows.getLong(2));
        }
    }

    private void check(ServerProcess server, String when) throws SQLException {
        checkCounters(server, when);
        Map<Long, Integer> found = new HashMap<>();
        try (Connection connection = DriverManager.getConnection(server.url());
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT id, text FROM events")) {
            while (rows.next()) {
                assertThat(rows.getString(2)).isEqualTo("row " + rows.getLong(1));
                found.merge(rows.getLong(1), 1, Integer::sum);
            }
        }
        assertThat(found.values()).as(when).allMatch(count -> count == 1);
        assertThat(found.keySet()).as(when).containsAll(acknowledged);
    }
}
