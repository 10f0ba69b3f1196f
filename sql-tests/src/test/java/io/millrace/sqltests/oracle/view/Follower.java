package io.millrace.sqltests.oracle.view;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/** Adds up the changes of a relation as they come, and minds that they are well formed. */
final class Follower implements AutoCloseable {
    static final String NO_PROGRESS = "no =P comes";

    private static final int POSITION = 1;
    private static final int TIME = 2;
    private static final int OPERATION = 3;
    /** Of windows that have closed. */
    private static final int WINDOW_END = 2;

    private final Statement statement;
    private final Thread reader;
    private final Map<String, Integer> content;

    /** By how much each row has changed at the last position. */
    private final Map<String, Integer> step = new TreeMap<>();

    /** Of rows that come again, the last one by its key. */
    private final Map<String, String> latest = new TreeMap<>();

    private long position;
    private long completeUpTo = -1;
    private long progressTime = Long.MIN_VALUE;
    private String lastOperation = "";
    private String lastEnd = "";
    private String broken;
    private SQLException failure;
    private boolean isOver;

    /** @param there what was there before; empty when a snapshot will tell */
    Follower(Connection connection, String sql, Map<String, Integer> there, long position) throws SQLException {
        this(connection, sql, there, position, Follower::takeEnvelope);
    }

    /** One whose rows come once, in the order of the ends of their windows, without an envelope. */
    static Follower ofClosed(Connection connection, String sql) throws SQLException {
        return new Follower(connection, sql, Map.of(), 0, Follower::takeClosed);
    }

    /** One whose rows come again when they have changed, without an envelope. */
    static Follower ofLatest(Connection connection, String sql, int keys) throws SQLException {
        return new Follower(connection, sql, Map.of(), 0, (follower, results) -> follower.takeLatest(results, keys));
    }

    private Follower(Connection connection, String sql, Map<String, Integer> there, long position, Taking taking)
            throws SQLException {
        content = new TreeMap<>(there);
        this.position = position;
        statement = connection.createStatement();
        ResultSet results = statement.executeQuery(sql);
        reader = new Thread(() -> read(results, taking), "follower");
        reader.setDaemon(true);
        reader.start();
    }

    private void read(ResultSet results, Taking taking) {
        try {
            while (results.next()) {
                taking.take(this, results);
            }
            end(null);
        } catch (SQLException cause) {
            end(cause);
        }
    }

    /** What is done with a row that has come. */
    private interface Taking {
        void take(Follower follower, ResultSet results) throws SQLException;
    }

    private void takeEnvelope(ResultSet results) throws SQLException {
        take(
                results.getLong(POSITION),
                results.getString(TIME),
                results.getString(OPERATION),
                Content.row(results, OPERATION + 1));
    }

    private void takeClosed(ResultSet results) throws SQLException {
        take(results.getString(WINDOW_END), Content.row(results, 1));
    }

    private synchronized void takeLatest(ResultSet results, int keys) throws SQLException {
        StringBuilder key = new StringBuilder();
        for (int column = 1; column <= keys; column++) {
            key.append(results.getString(column)).append('|');
        }
        String row = Content.row(results, 1);
        String before = latest.put(key.toString(), row);
        if (before != null) {
            add(before, -1);
        }
        add(row, 1);
        notifyAll();
    }

    private synchronized void end(SQLException cause) {
        failure = cause;
        isOver = true;
        notifyAll();
    }

    private synchronized void take(long newPosition, String time, String operation, String row) {
        check(newPosition >= position, "position " + newPosition + " after " + position);
        check(newPosition > completeUpTo || operation.equals("=P"), "a row of " + newPosition + " after its =P");
        if (newPosition != position) {
            step.clear();
        }
        position = newPosition;
        check(
                operation.equals("+U") == lastOperation.equals("-U"),
                operation + " after " + lastOperation + ": " + row + " at " + newPosition);
        lastOperation = operation;
        switch (operation) {
            case "=P" -> {
                completeUpTo = newPosition;
                progressTime = ChronoUnit.MICROS.between(
                        LocalDateTime.ofEpochSecond(0, 0, ZoneOffset.UTC), LocalDateTime.parse(time.replace(' ', 'T')));
            }
            case "+S" -> add(row, 1);
            case "+I", "+U" -> change(row, 1);
            case "-D", "-U" -> change(row, -1);
            default -> check(false, "mr_op is " + operation);
        }
        notifyAll();
    }

    private synchronized void take(String windowEnd, String row) {
        check(windowEnd.compareTo(lastEnd) >= 0, "a window up to " + windowEnd + " after one up to " + lastEnd);
        lastEnd = windowEnd;
        add(row, 1);
        notifyAll();
    }

    private void change(String row, int weight) {
        int before = step.getOrDefault(row, 0);
        check(before == 0 || before > 0 == weight > 0, "comes and goes at " + position + ": " + row);
        step.merge(row, weight, Integer::sum);
        add(row, weight);
    }

    private void add(String row, int weight) {
        int count = content.merge(row, weight, Integer::sum);
        if (count == 0) {
            content.remove(row);
        }
    }

    private void check(boolean isRight, String what) {
        if (!isRight && broken == null) {
            broken = what;
        }
    }

    /**
     * Waits until all is told that happened before a time, or, without progress, until the content is as expected.
     *
     * @param time {@code Long.MIN_VALUE} when there is no progress
     * @return what is wrong; null: nothing
     */
    synchronized String fault(Content expected, long time, long waitMillis) throws InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(waitMillis);
        while (broken == null && !isOver && !isThere(expected, time)) {
            long left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
            if (left <= 0) {
                return progressTime < time ? NO_PROGRESS : difference(expected);
            }
            wait(left);
        }
        if (broken != null) {
            return broken;
        }
        if (isOver) {
            return "it has ended" + (failure == null ? "" : ": " + failure.getSQLState() + " " + failure.getMessage());
        }
        return content.equals(expected.rows()) ? null : difference(expected);
    }

    private boolean isThere(Content expected, long time) {
        return time == Long.MIN_VALUE ? content.equals(expected.rows()) : progressTime >= time;
    }

    private String difference(Content expected) {
        return "at " + position + " it has " + content + "\ninstead of " + expected.rows();
    }

    /** Whether no time will mend what is wrong. */
    synchronized boolean isLost() {
        return broken != null || isOver;
    }

    /** Whether it has ended because the rows are at fault. */
    synchronized boolean hasMetData() {
        return isOver && failure != null && Content.failed(failure).isDataError();
    }

    /** Waits for the end of what comes up to a position. */
    synchronized String faultAtEnd(long waitMillis) throws InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(waitMillis);
        while (!isOver) {
            long left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
            if (left <= 0) {
                return "it does not end at its position, but is at " + position;
            }
            wait(left);
        }
        return failure == null ? broken : "it ends: " + failure.getSQLState() + " " + failure.getMessage();
    }

    synchronized long position() {
        return position;
    }

    synchronized Map<String, Integer> content() {
        return new TreeMap<>(content);
    }

    @Override
    public void close() throws SQLException {
        statement.close();
        try {
            reader.join(TimeUnit.SECONDS.toMillis(20));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
