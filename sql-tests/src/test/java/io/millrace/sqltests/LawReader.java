package io.millrace.sqltests;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/** Reads a continuous query on a thread of its own, for as long as it gives rows. */
final class LawReader implements AutoCloseable {
    private static final long PATIENCE_MILLIS = 30_000;

    private final Connection connection;
    private final Statement statement;
    private final Thread thread;
    private final List<String> rows = new ArrayList<>();
    private SQLException end;

    LawReader(String url, String sql) throws SQLException {
        connection = DriverManager.getConnection(url);
        statement = connection.createStatement();
        ResultSet results = statement.executeQuery(sql);
        thread = new Thread(() -> read(results), "law-reader");
        thread.setDaemon(true);
        thread.start();
    }

    private void read(ResultSet results) {
        try {
            while (true) {
                add(Rows.next(results, 1));
            }
        } catch (SQLException cause) {
            synchronized (this) {
                end = cause;
                notifyAll();
            }
        }
    }

    private synchronized void add(List<String> read) {
        rows.addAll(read);
        notifyAll();
    }

    /** All rows so far, as soon as there are {@code count}; fewer when none comes for long or the query has ended. */
    synchronized List<String> await(int count) throws InterruptedException {
        long deadline = System.currentTimeMillis() + PATIENCE_MILLIS;
        while (rows.size() < count && end == null && System.currentTimeMillis() < deadline) {
            wait(100);
        }
        return List.copyOf(rows);
    }

    /** What ended the query. */
    synchronized SQLException awaitEnd() throws InterruptedException {
        long deadline = System.currentTimeMillis() + PATIENCE_MILLIS;
        while (end == null && System.currentTimeMillis() < deadline) {
            wait(100);
        }
        return end;
    }

    @Override
    public void close() throws SQLException {
        statement.close();
        connection.close();
    }
}
