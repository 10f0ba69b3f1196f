package io.millrace.sqltests;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A continuous query whose rows are read as they come, on a thread of their own. */
final class OpenQuery implements AutoCloseable {
    private static final long DEADLINE_SECONDS = 20;

    private final Connection connection;
    private final Statement statement;
    private final long id;
    private final LinkedBlockingQueue<Event> events = new LinkedBlockingQueue<>();
    private final Thread reader;

    private volatile long received;

    /** What reading gave: a row, the reason of a failure, or neither at the end. */
    private record Event(@Nullable String row, @Nullable SQLException failure) {}

    OpenQuery(Connection connection, String sql) throws SQLException {
        this.connection = connection;
        statement = connection.createStatement();
        ResultSet results = statement.executeQuery(sql);
        id = newestQuery();
        reader = new Thread(() -> read(results), "query-" + id);
        reader.setDaemon(true);
        reader.start();
    }

    /** As SHOW QUERIES has it. */
    long id() {
        return id;
    }

    /** The next rows, at most {@code count}; fewer when they do not come in time or the result ends. */
    List<String> next(int count) throws SQLException, InterruptedException {
        List<String> rows = new ArrayList<>();
        while (rows.size() < count) {
            Event event = events.poll(DEADLINE_SECONDS, TimeUnit.SECONDS);
            if (event == null || event.row() == null) {
                if (event != null && event.failure() != null) {
                    throw event.failure();
                }
                return rows;
            }
            rows.add(event.row());
        }
        return rows;
    }

    /** The rows that wait, once all that the server has to show so far has come. */
    List<String> waiting() throws SQLException, WrongResultException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(DEADLINE_SECONDS);
        while (received < deliveredByServer()) {
            if (System.nanoTime() > deadline) {
                throw new WrongResultException("rows were shown to query " + id + " that do not come");
            }
            Thread.onSpinWait();
        }
        return events.stream().map(OpenQuery::describe).toList();
    }

    /** How the result ends, as the SQLSTATE of its failure; empty when it just ends. */
    String end() throws InterruptedException {
        Event event = events.poll(DEADLINE_SECONDS, TimeUnit.SECONDS);
        if (event == null) {
            return "no end in sight";
        }
        if (event.row() != null) {
            return "a row: " + event.row();
        }
        return event.failure() == null ? "" : event.failure().getSQLState();
    }

    @Override
    public void close() throws SQLException {
        statement.close();
        try {
            reader.join(TimeUnit.SECONDS.toMillis(DEADLINE_SECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void read(ResultSet results) {
        try {
            int columns = results.getMetaData().getColumnCount();
            while (results.next()) {
                events.add(new Event(ResultTable.line(ResultTable.current(results, columns)), null));
                received++; // by this thread alone
            }
            events.add(new Event(null, null));
        } catch (SQLException failure) {
            events.add(new Event(null, failure));
        }
    }

    private long newestQuery() throws SQLException {
        long newest = 0;
        try (Statement show = connection.createStatement();
                ResultSet queries = show.executeQuery("SHOW QUERIES")) {
            while (queries.next()) {
                newest = Math.max(newest, queries.getLong("id"));
            }
        }
        return newest;
    }

    private long deliveredByServer() throws SQLException {
        try (Statement show = connection.createStatement();
                ResultSet queries = show.executeQuery("SHOW QUERIES")) {
            while (queries.next()) {
                if (queries.getLong("id") == id) {
                    return queries.getLong("rows");
                }
            }
        }
        return 0; // it has ended
    }

    private static String describe(Event event) {
        if (event.row() != null) {
            return event.row();
        }
        return event.failure() == null ? "(end)" : "(" + event.failure().getMessage() + ")";
    }
}
