package io.millrace.sqltests;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;

/**
 * A client that writes down what it has been told is done, and from that alone knows what every view has to say. Of the statement
 * whose answer it never got it asks, when the server is back, whether it was made.
 */
final class CrashJournal {
    private static final int ACCOUNTS = 60;
    private static final int OWNERS = 7;
    private static final int KINDS = 5;

    /** What views there are, by name; {@link #answers} has what they give. */
    static final Map<String, String> VIEWS = new TreeMap<>(Map.of(
            "per_owner", "SELECT owner, COUNT(*) AS n, SUM(balance) AS total FROM accounts GROUP BY owner",
            "per_count", "SELECT n, COUNT(*) AS owners FROM per_owner GROUP BY n",
            "large", "SELECT id, owner FROM accounts WHERE balance >= 100",
            "per_kind",
                    "SELECT kind, COUNT(*) AS n, SUM(id) AS ids, MIN(id) AS first, MAX(id) AS last FROM events GROUP BY kind",
            "per_minute",
                    "SELECT window_start AS minute_start, kind, COUNT(*) AS n FROM "
                            + "TABLE(TUMBLE(TABLE events, DESCRIPTOR(ts), INTERVAL '1' MINUTE)) "
                            + "GROUP BY window_start, window_end, kind",
            "owned", "SELECT e.id, a.owner FROM events e JOIN accounts a ON a.id = e.account"));

    private final Random random;
    private final Map<Integer, Account> accounts = new TreeMap<>();
    private final List<Event> events = new ArrayList<>();
    private long nextEvent;

    /** What was sent and not acknowledged; null when all is known. */
    private Doubt doubt;

    private record Account(int owner, long balance) {}

    private record Event(long id, int kind, int account) {}

    /** @param made what is to be written down when it turns out that it was made, which the query tells by giving a row */
    private record Doubt(String query, Runnable made) {}

    CrashJournal(long seed) {
        random = new Random(seed);
    }

    static void createAll(Statement statement) throws SQLException {
        statement.execute("CREATE TABLE accounts (id INT PRIMARY KEY, owner INT, balance BIGINT, version BIGINT)");
        statement.execute("CREATE STREAM events (id BIGINT, kind INT, account INT, ts TIMESTAMP(3), "
                + "WATERMARK FOR ts AS ts - INTERVAL '10' SECOND)");
        statement.execute("CREATE MATERIALIZED VIEW per_owner AS " + VIEWS.get("per_owner"));
        for (Map.Entry<String, String> view : VIEWS.entrySet()) {
            if (!view.getKey().equals("per_owner")) {
                statement.execute("CREATE MATERIALIZED VIEW " + view.getKey() + " AS " + view.getValue());
            }
        }
    }

    /** Writes until the server dies. */
    void write(String url, CountDownLatch written) {
        try (Connection connection = DriverManager.getConnection(url + "?retryTimeout=1")) {
            write(connection, written, Long.MAX_VALUE);
        } catch (SQLException killed) {
            if (!killed.getSQLState().startsWith("08")) {
                throw new IllegalStateException("a statement failed: " + killed.getMessage(), killed);
            }
        }
    }

    /** Writes so many times. */
    void write(Connection connection, CountDownLatch written, long times) throws SQLException {
        try (Statement statement = connection.createStatement();
                PreparedStatement insert = connection.prepareStatement(
                        "INSERT INTO events VALUES (?, ?, ?, TIMESTAMP '2026-01-01 00:00:00' + "
                                + "CAST(? AS BIGINT) * INTERVAL '1' SECOND)")) {
            for (long i = 0; i < times; i++) {
                if (random.nextBoolean()) {
                    addEvents(insert);
                } else {
                    changeAccount(statement);
                }
                written.countDown();
            }
        }
    }

    /** A batch is made as a whole or not at all. */
    private void addEvents(PreparedStatement insert) throws SQLException {
        List<Event> batch = new ArrayList<>();
        for (int i = 1 + random.nextInt(40); i > 0; i--) {
            Event event = new Event(nextEvent++, random.nextInt(KINDS), random.nextInt(ACCOUNTS));
            batch.add(event);
            insert.setLong(1, event.id);
            insert.setInt(2, event.kind);
            insert.setInt(3, event.account);
            insert.setLong(4, event.id / 20);
            insert.addBatch();
        }
        doubt = new Doubt("SELECT 1 FROM events WHERE id = " + batch.get(0).id, () -> events.addAll(batch));
        insert.executeBatch();
        settle(true);
    }

    private void changeAccount(Statement statement) throws SQLException {
        int id = random.nextInt(ACCOUNTS);
        Account known = accounts.get(id);
        long version = random.nextLong() >>> 1;
        if (known == null) {
            Account opened = new Account(random.nextInt(OWNERS), random.nextInt(200));
            doubt = new Doubt("SELECT 1 FROM accounts WHERE id = " + id, () -> accounts.put(id, opened));
            statement.executeUpdate("INSERT INTO accounts VALUES (" + id + ", " + opened.owner + ", " + opened.balance
                    + ", " + version + ")");
        } else if (random.nextInt(5) == 0) {
            doubt = new Doubt(
                    "SELECT 1 FROM (VALUES (1)) WHERE NOT EXISTS (SELECT 1 FROM accounts WHERE id = " + id + ")",
                    () -> accounts.remove(id));
            statement.executeUpdate("DELETE FROM accounts WHERE id = " + id);
        } else {
            Account changed = new Account(random.nextInt(OWNERS), known.balance + random.nextInt(100) - 50);
            doubt = new Doubt(
                    "SELECT 1 FROM accounts WHERE id = " + id + " AND version = " + version,
                    () -> accounts.put(id, changed));
            statement.executeUpdate("UPDATE accounts SET owner = " + changed.owner + ", balance = " + changed.balance
                    + ", version = " + version + " WHERE id = " + id);
        }
        settle(true);
    }

    private void settle(boolean wasMade) {
        Doubt open = doubt;
        doubt = null;
        if (open != null && wasMade) {
            open.made.run();
        }
    }

    /** Asks about the statement whose answer was lost. */
    void settle(Statement statement) throws SQLException {
        if (doubt != null) {
            settle(!Rows.of(statement, doubt.query).isEmpty());
        }
    }

    int writes() {
        return events.size();
    }

    /** The numbers of all events, in their order: what a reader of the stream has to have been given, each once. */
    List<String> eventIds() {
        return events.stream().map(event -> String.valueOf(event.id)).toList();
    }

    /** What a view has to give, each row as often as it is there. */
    Map<String, Integer> answers(String view) {
        Map<String, Integer> rows = new TreeMap<>();
        switch (view) {
            case "per_owner" -> perOwner().forEach((owner, sums) -> add(rows, owner + "|" + sums[0] + "|" + sums[1]));
            case "per_count" -> {
                Map<Long, Integer> counts = new TreeMap<>();
                perOwner().values().forEach(sums -> counts.merge(sums[0], 1, Integer::sum));
                counts.forEach((n, owners) -> add(rows, n + "|" + owners));
            }
            case "large" ->
                accounts.forEach((id, account) -> {
                    if (account.balance >= 100) {
                        add(rows, id + "|" + account.owner);
                    }
                });
            case "per_kind" -> {
                Map<Integer, long[]> kinds = new TreeMap<>();
                for (Event event : events) {
                    long[] sums = kinds.computeIfAbsent(event.kind, kind -> new long[] {0, 0, Long.MAX_VALUE, -1});
                    sums[0]++;
                    sums[1] += event.id;
                    sums[2] = Math.min(sums[2], event.id);
                    sums[3] = Math.max(sums[3], event.id);
                }
                kinds.forEach((kind, sums) ->
                        add(rows, kind + "|" + sums[0] + "|" + sums[1] + "|" + sums[2] + "|" + sums[3]));
            }
            case "per_minute" -> {
                Map<String, Integer> counts = new TreeMap<>();
                for (Event event : events) {
                    long minute = event.id / 20 / 60;
                    String start = java.time.LocalDateTime.of(2026, 1, 1, 0, 0)
                            .plusMinutes(minute)
                            .format(java.time.format.DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss"));
                    counts.merge(start + ".000|" + event.kind, 1, Integer::sum);
                }
                counts.forEach((key, n) -> add(rows, key + "|" + n));
            }
            case "owned" -> {
                for (Event event : events) {
                    Account account = accounts.get(event.account);
                    if (account != null) {
                        add(rows, event.id + "|" + account.owner);
                    }
                }
            }
            default -> throw new IllegalArgumentException(view);
        }
        return rows;
    }

    private Map<Integer, long[]> perOwner() {
        Map<Integer, long[]> sums = new TreeMap<>();
        accounts.values().forEach(account -> {
            long[] sum = sums.computeIfAbsent(account.owner, owner -> new long[2]);
            sum[0]++;
            sum[1] += account.balance;
        });
        return sums;
    }

    private static void add(Map<String, Integer> rows, String row) {
        rows.merge(row, 1, Integer::sum);
    }
}
