package io.millrace.sqltests;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Reads one result that never ends, on a thread of its own, by one ResultSet, whatever happens to the server. */
final class ContinuedReader {
    private final String sql;
    private final List<String> rows = new ArrayList<>();
    private final CompletableFuture<@Nullable Void> executed = new CompletableFuture<>();
    private final CompletableFuture<@Nullable Void> done = new CompletableFuture<>();

    private volatile @Nullable Predicate<String> until;

    private ContinuedReader(String sql) {
        this.sql = sql;
    }

    /** Returns when the statement has been executed. */
    static ContinuedReader start(String url, int fetchSize, long maxRows, String sql, Object... parameters)
            throws Exception {
        ContinuedReader reader = new ContinuedReader(sql);
        Thread thread = new Thread(() -> reader.read(url, fetchSize, maxRows, parameters), sql);
        thread.setDaemon(true);
        thread.start();
        reader.executed.get(180, TimeUnit.SECONDS);
        return reader;
    }

    /** Of one that reads only what {@link #readOn} lets it read, on the thread that calls it. */
    private @Nullable Connection connection;

    private @Nullable ResultSet results;

    /** One that reads no further than it is told to. */
    static ContinuedReader startPaused(String url, int fetchSize, long maxRows, String sql) throws SQLException {
        ContinuedReader reader = new ContinuedReader(sql);
        Connection connection = DriverManager.getConnection(url);
        reader.connection = connection;
        PreparedStatement statement = connection.prepareStatement(sql);
        statement.setFetchSize(fetchSize);
        statement.setLargeMaxRows(maxRows);
        reader.results = statement.executeQuery();
        return reader;
    }

    /** Reads until it has so many rows. */
    void readOn(int count) throws SQLException {
        ResultSet from = results;
        while (from != null && rows.size() < count && from.next()) {
            add(Rows.current(from));
        }
    }

    /** All rows, of a result that ends by itself. */
    List<String> readAll() throws SQLException {
        readOn(Integer.MAX_VALUE);
        return rowsSoFar();
    }

    void cancel() throws SQLException {
        if (results != null) {
            results.getStatement().cancel();
        }
    }

    void closeResults() throws SQLException {
        if (results != null) {
            results.close();
        }
    }

    void close() throws SQLException {
        if (connection != null) {
            connection.close();
        }
    }

    private void read(String url, int fetchSize, long maxRows, Object... parameters) {
        try (Connection connection = DriverManager.getConnection(url);
                PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setFetchSize(fetchSize);
            statement.setLargeMaxRows(maxRows);
            for (int i = 0; i < parameters.length; i++) {
                statement.setObject(i + 1, parameters[i]);
            }
            try (ResultSet results = statement.executeQuery()) {
                executed.complete(null);
                while (!isLast() && results.next()) {
                    add(Rows.current(results));
                }
            }
            done.complete(null);
        } catch (SQLException | RuntimeException failure) {
            executed.completeExceptionally(failure);
            done.completeExceptionally(failure);
        }
    }

    private synchronized void add(String row) {
        rows.add(row);
        notifyAll();
    }

    private synchronized boolean isLast() {
        Predicate<String> last = until;
        return last != null && !rows.isEmpty() && last.test(rows.get(rows.size() - 1));
    }

    String sql() {
        return sql;
    }

    /** Returns when it has so many rows. */
    synchronized void await(int count) throws InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(180);
        while (rows.size() < count && !done.isDone()) {
            long left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
            if (left <= 0) {
                throw new AssertionError(sql + " has given " + rows.size() + " rows and not " + count);
            }
            wait(Math.min(left, 100));
        }
    }

    synchronized int count() {
        return rows.size();
    }

    /** The rows so far. */
    synchronized List<String> rowsSoFar() {
        return List.copyOf(rows);
    }

    /** All rows, of a result that ends by itself. */
    List<String> rows() throws Exception {
        done.get(180, TimeUnit.SECONDS);
        return rows;
    }

    /** All rows up to one after which nothing is read; a further one may be needed to notice it. */
    List<String> rowsUntil(Predicate<String> last) throws Exception {
        until = last;
        return rows();
    }

    /** Changes with their envelope in the order of their positions; those of one position in any. Without progress. */
    static List<String> inOrder(List<String> changes) {
        TreeMap<Long, List<String>> steps = new TreeMap<>();
        for (String change : changes) {
            String[] parts = change.split("\\|", 4);
            if (!parts[2].equals("=P")) {
                steps.computeIfAbsent(Long.parseLong(parts[0]), position -> new ArrayList<>())
                        .add(change);
            }
        }
        List<String> all = new ArrayList<>();
        steps.values().forEach(step -> {
            step.sort(null);
            all.addAll(step);
        });
        return all;
    }
}
