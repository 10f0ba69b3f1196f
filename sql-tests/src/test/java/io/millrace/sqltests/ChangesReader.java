package io.millrace.sqltests;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;

/** One who follows changes, and comes back after a position when the server has died. */
final class ChangesReader {
    private final String followed;
    private final List<String> rows = new ArrayList<>();
    private long position;

    /** @param position after which it begins; all before it is unknown to it */
    ChangesReader(String followed, long position) {
        this.followed = followed;
        this.position = position;
    }

    String followed() {
        return followed;
    }

    /** All it was given, whole steps only. */
    List<String> rows() {
        return rows;
    }

    /** Reads until the server dies; what was not followed by a progress row is read again. */
    void read(String url, CountDownLatch begun) {
        List<String> step = new ArrayList<>();
        try (Connection connection = DriverManager.getConnection(url + "?retryTimeout=1&reconnect=false");
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

    /** Reads all up to a position. */
    void readTo(Statement statement, long last) throws SQLException {
        rows.addAll(changes(statement, followed, position, last));
        position = Math.max(position, last);
    }

    static List<String> changes(Statement statement, String followed, long after, long upTo) throws SQLException {
        return Rows.of(
                statement, "SUBSCRIBE " + followed + " SINCE AFTER POSITION " + after + " UP TO POSITION " + upTo);
    }

    /** The rows that are there after all changes, and how often. */
    Map<String, Integer> accumulated() {
        Map<String, Integer> there = new TreeMap<>();
        for (String change : rows) {
            String[] parts = change.split("\\|", 4);
            int weight = parts[2].equals("-U") || parts[2].equals("-D") ? -1 : 1;
            there.merge(parts[3], weight, (a, b) -> a + b == 0 ? null : Integer.valueOf(a + b));
        }
        return there;
    }
}
