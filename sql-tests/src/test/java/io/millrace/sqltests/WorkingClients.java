package io.millrace.sqltests;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/** Four clients that do what clients should, and note how long they wait: one inserts, two ask, one follows a stream. */
final class WorkingClients implements AutoCloseable {
    private static final long PAUSE_NANOS = 5_000_000;
    private static final int PATIENCE_SECONDS = 60;

    private final String url;
    private final List<Thread> threads = new ArrayList<>();
    private final ConcurrentLinkedQueue<Long> waits = new ConcurrentLinkedQueue<>();
    private final ConcurrentLinkedQueue<String> failures = new ConcurrentLinkedQueue<>();
    private final AtomicLong inserted = new AtomicLong();
    private final AtomicLong received = new AtomicLong();
    private Connection followed;

    private volatile boolean isOver;

    /** One thing that a client does. */
    private interface Work {
        void run(Statement statement) throws SQLException;
    }

    WorkingClients(String url) throws SQLException {
        this.url = url;
        follow();
        repeat("insert", statement -> {
            statement.executeUpdate("INSERT INTO work VALUES (" + inserted.get() + ", 'a'), (0, 'b')");
            inserted.addAndGet(2);
        });
        repeat("count", statement -> first(statement, "SELECT COUNT(*) FROM work WHERE word LIKE 'a%'"));
        repeat(
                "group",
                statement -> first(statement, "SELECT word, COUNT(*) FROM t WHERE id < 5000 GROUP BY word LIMIT 3"));
    }

    private static void first(Statement statement, String query) throws SQLException {
        try (ResultSet rows = statement.executeQuery(query)) {
            if (!rows.next()) {
                throw new SQLException("no row");
            }
        }
    }

    private void repeat(String name, Work work) {
        start(name, () -> {
            try (Connection connection = DriverManager.getConnection(url);
                    Statement statement = connection.createStatement()) {
                statement.setQueryTimeout(PATIENCE_SECONDS);
                while (!isOver) {
                    long began = System.nanoTime();
                    work.run(statement);
                    waits.add(System.nanoTime() - began);
                    LockSupport.parkNanos(PAUSE_NANOS);
                }
            } catch (SQLException failure) {
                failures.add(name + ": " + failure.getSQLState() + " " + failure.getMessage());
            }
        });
    }

    private void follow() throws SQLException {
        followed = DriverManager.getConnection(url);
        ResultSet rows = followed.createStatement().executeQuery("SELECT STREAM id FROM work");
        start("follow", () -> {
            try {
                while (rows.next()) {
                    received.incrementAndGet();
                }
            } catch (SQLException failure) {
                if (!isOver) {
                    failures.add("follow: " + failure.getSQLState() + " " + failure.getMessage());
                }
            }
        });
    }

    private void start(String name, Runnable work) {
        Thread thread = new Thread(work, name);
        thread.setDaemon(true);
        thread.start();
        threads.add(thread);
    }

    /** How long the given part of all waits took at most. */
    double percentileMillis(double part) {
        long[] sorted = waits.stream().mapToLong(Long::longValue).sorted().toArray();
        return sorted.length == 0 ? Double.NaN : sorted[(int) (part * (sorted.length - 1))] / 1e6;
    }

    int done() {
        return waits.size();
    }

    List<String> failures() {
        return List.copyOf(failures);
    }

    /** Whether every inserted row came to the one who follows; waits for the last. */
    boolean hasFollowedAll(long deadlineNanos) {
        while (received.get() < inserted.get()) {
            if (System.nanoTime() > deadlineNanos) {
                return false;
            }
            Thread.onSpinWait();
        }
        return true;
    }

    /** Ends the work, but not the one who follows. */
    void stop() throws InterruptedException {
        isOver = true;
        for (Thread thread : threads.subList(1, threads.size())) {
            thread.join(20_000);
        }
    }

    @Override
    public void close() throws SQLException {
        isOver = true;
        followed.close();
    }

    @Override
    public String toString() {
        return String.format(
                "%d calls, p50 %.1f ms, p99 %.1f ms, most %.1f ms, failures %s",
                done(),
                percentileMillis(0.5),
                percentileMillis(0.99),
                percentileMillis(1),
                Arrays.toString(failures.toArray()));
    }
}
