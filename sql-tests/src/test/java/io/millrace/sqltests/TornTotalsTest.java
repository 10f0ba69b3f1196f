package io.millrace.sqltests;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Money moves between accounts while many look at it: nobody ever sees some of it missing, or twice. */
@Timeout(120)
class TornTotalsTest {
    private static final int ACCOUNTS = 24;
    private static final int WRITERS = 3;
    private static final int TRANSFERS = 120;
    private static final long TOTAL = ACCOUNTS * 100L;
    private static final String ALL_TOTALS =
            "SELECT (SELECT SUM(balance) FROM accounts), (SELECT SUM(s) FROM total), (SELECT SUM(b) FROM by_account),"
                    + " (SELECT SUM(b) FROM by_branch), (SELECT COUNT(*) FROM accounts a JOIN by_account v ON a.id = v.id"
                    + " WHERE a.balance <> v.b)";

    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final AtomicInteger writing = new AtomicInteger(WRITERS);
    private LocalServer server;

    @BeforeEach
    void start(@TempDir Path data) throws SQLException {
        server = new LocalServer(data);
        server.run("CREATE TABLE accounts (id INT PRIMARY KEY, balance BIGINT)");
        List<String> rows = new ArrayList<>();
        for (int id = 0; id < ACCOUNTS; id++) {
            rows.add("(" + id + ", 100)");
        }
        server.run(
                "INSERT INTO accounts VALUES " + String.join(", ", rows),
                "CREATE MATERIALIZED VIEW total AS SELECT SUM(balance) AS s FROM accounts",
                "CREATE MATERIALIZED VIEW by_account AS SELECT id, SUM(balance) AS b FROM accounts GROUP BY id",
                "CREATE MATERIALIZED VIEW by_branch AS SELECT MOD(id, 4) AS branch, SUM(b) AS b FROM by_account"
                        + " GROUP BY MOD(id, 4)");
    }

    @AfterEach
    void stop() throws SQLException {
        threads.shutdownNow();
        server.close();
    }

    @Test
    void noQueryOverViewsAndTheirTableSeesATornTotal() throws Exception {
        List<Future<Void>> all = new ArrayList<>(writers());
        all.add(threads.submit(this::readTotals));
        all.add(threads.submit(this::readTotals));
        all.add(threads.submit(this::fillViews));
        for (Future<Void> one : all) {
            one.get();
        }
        assertThat(server.rows(ALL_TOTALS)).containsExactly(everyTotal());
    }

    private static String everyTotal() {
        return TOTAL + "|" + TOTAL + "|" + TOTAL + "|" + TOTAL + "|0";
    }

    private List<Future<Void>> writers() {
        List<Future<Void>> writers = new ArrayList<>();
        for (int writer = 0; writer < WRITERS; writer++) {
            long seed = writer;
            writers.add(threads.submit(() -> transfer(new Random(seed))));
        }
        return writers;
    }

    private Void transfer(Random random) throws SQLException {
        try (Connection connection = server.connect("");
                Statement statement = connection.createStatement()) {
            for (int i = 0; i < TRANSFERS; i++) {
                int from = random.nextInt(ACCOUNTS);
                int to = (from + 1 + random.nextInt(ACCOUNTS - 1)) % ACCOUNTS;
                int amount = 1 + random.nextInt(50);
                int changed = statement.executeUpdate("UPDATE accounts SET balance = CASE id WHEN " + from
                        + " THEN balance - " + amount + " ELSE balance + " + amount + " END WHERE id IN (" + from + ", "
                        + to + ")");
                assertThat(changed).isEqualTo(2);
            }
        } finally {
            writing.decrementAndGet();
        }
        return null;
    }

    private Void readTotals() throws SQLException {
        try (Connection connection = server.connect("");
                Statement statement = connection.createStatement()) {
            do {
                assertThat(Rows.of(statement, ALL_TOTALS)).containsExactly(everyTotal());
            } while (writing.get() > 0);
        }
        return null;
    }

    /** A view that has just been filled is at the position of the others. */
    private Void fillViews() throws SQLException {
        try (Connection connection = server.connect("");
                Statement statement = connection.createStatement()) {
            do {
                statement.execute("CREATE MATERIALIZED VIEW new_one AS SELECT a.id, SUM(a.balance) AS b, MAX(v.b) AS v"
                        + " FROM accounts a JOIN by_account v ON a.id = v.id GROUP BY a.id");
                for (int i = 0; i < 3; i++) {
                    assertThat(Rows.of(
                                    statement,
                                    "SELECT SUM(n.b), SUM(n.v), SUM(a.balance), COUNT(*) FILTER (WHERE n.b <> a.balance)"
                                            + " FROM new_one n JOIN accounts a ON n.id = a.id"))
                            .containsExactly(TOTAL + "|" + TOTAL + "|" + TOTAL + "|0");
                }
                statement.execute("DROP MATERIALIZED VIEW new_one");
            } while (writing.get() > 0);
        }
        return null;
    }

    @Test
    void theAccountsOfASubscriptionAddUpAtEachPosition() throws Exception {
        try (Connection connection = server.connect("");
                Statement statement = connection.createStatement();
                ResultSet changes = statement.executeQuery("SUBSCRIBE TO by_account WITH (PROGRESS = TRUE)")) {
            List<Future<Void>> writers = writers();
            Callable<Long> end = () -> {
                for (Future<Void> writer : writers) {
                    writer.get();
                }
                server.run("INSERT INTO accounts VALUES (-1, 0)"); // tells that all has been read
                return null;
            };
            Future<Long> ended = threads.submit(end);
            Map<Long, Long> balances = new HashMap<>();
            int positions = 0;
            while (!balances.containsKey(-1L) && changes.next()) {
                String operation = changes.getString("mr_op");
                if (operation.equals("=P")) {
                    positions++;
                    assertThat(balances.values().stream()
                                    .mapToLong(Long::longValue)
                                    .sum())
                            .as("at position %d", changes.getLong("mr_pos"))
                            .isEqualTo(TOTAL);
                } else if (operation.startsWith("-")) {
                    assertThat(balances.remove(changes.getLong("id"))).isEqualTo(changes.getLong("b"));
                } else {
                    assertThat(balances.put(changes.getLong("id"), changes.getLong("b")))
                            .isNull();
                }
            }
            ended.get();
            assertThat(positions).isPositive();
            assertThat(balances).hasSize(ACCOUNTS + 1);
        }
    }
}
