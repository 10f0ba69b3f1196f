package io.millrace.sqltests;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Sinks whose server is killed again and again: put together, their files have every change once. */
@Timeout(600)
class KilledSinkTest {
    private static final int ROUNDS = Integer.getInteger("millrace.kill.rounds", 4);

    @Test
    void theFilesOfAllRunsHaveEveryChangeOnce(@TempDir Path data, @TempDir Path files) throws Exception {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        String root = "connector.file.roots=" + files;
        try (ServerProcess server = ServerProcess.start(data, root);
                Connection connection = DriverManager.getConnection(server.url());
                Statement statement = connection.createStatement()) {
            define(statement);
        }
        for (int round = 0; round < ROUNDS; round++) {
            try (ServerProcess server = ServerProcess.start(data, root)) {
                killWhileAllWrite(server, random, round == 0);
            }
        }
        try (ServerProcess server = ServerProcess.start(data, root);
                Connection connection = DriverManager.getConnection(server.url());
                Statement statement = connection.createStatement()) {
            long last = position(statement);
            for (String sink : List.of("all_events", "new_events", "owners", "rich", "early")) {
                SinkFiles.awaitPosition(statement, sink, last);
                List<SinkFiles.SinkFile> written = SinkFiles.of(files.resolve(sink));
                for (int i = 0; i < written.size(); i++) {
                    assertThat(written.get(i).first())
                            .as("seed " + seed + ", " + written)
                            .isEqualTo(i == 0 ? 0 : written.get(i - 1).last() + 1);
                }
            }
            checkEvents(statement, files, "seed " + seed);
            checkChanges(statement, SinkFiles.of(files.resolve("owners")), "per_owner", last, seed);
            checkChanges(statement, SinkFiles.of(files.resolve("early")), "per_owner", last, seed);
            checkChanges(
                    statement,
                    SinkFiles.of(files.resolve("rich")),
                    "(SELECT owner, balance FROM accounts WHERE balance > 100)",
                    last,
                    seed);
        }
    }

    private static void define(Statement statement) throws SQLException {
        statement.execute("CREATE TABLE accounts (id INT PRIMARY KEY, owner VARCHAR, balance INT)");
        statement.execute("CREATE STREAM events (id INT, word VARCHAR)");
        statement.execute("CREATE MATERIALIZED VIEW per_owner AS "
                + "SELECT owner, SUM(balance) AS total, COUNT(*) AS n FROM accounts GROUP BY owner");
        statement.execute("INSERT INTO events VALUES (-1, 'old'), (-2, NULL), (-3, '')");
        sink(statement, "all_events", "", "SELECT id, word FROM events");
        sink(statement, "new_events", "", "SELECT id, word FROM events SINCE NOW");
        sink(statement, "early", ", envelope = 'true'", "SELECT * FROM per_owner SINCE NOW");
        statement.execute("INSERT INTO events VALUES (-4, 'new')");
    }

    private static void sink(Statement statement, String name, String options, String query) throws SQLException {
        statement.execute("CREATE SINK " + name + " INTO (connector = 'file', path = '" + name
                + "', format = 'csv', roll_interval = '15ms'" + options + ") AS " + query);
    }

    private static long position(Statement statement) throws SQLException {
        try (ResultSet row =
                statement.executeQuery("SELECT mr_position() FROM per_owner RIGHT JOIN (VALUES (1)) ON TRUE")) {
            assertThat(row.next()).isTrue();
            return row.getLong(1);
        }
    }

    private static void checkEvents(Statement statement, Path files, String context) throws Exception {
        List<List<String>> all = new ArrayList<>();
        for (String row : Rows.of(statement, "SELECT id, COALESCE(word, '') FROM events")) {
            all.add(List.of(row.split("\\|", 2)));
        }
        assertThat(all).as(context).hasSizeGreaterThan(20);
        assertThat(SinkFiles.rows(SinkFiles.of(files.resolve("all_events"))))
                .as(context)
                .containsExactlyInAnyOrderElementsOf(all);
        assertThat(SinkFiles.rows(SinkFiles.of(files.resolve("new_events"))))
                .as(context)
                .containsExactlyInAnyOrderElementsOf(all.stream()
                        .filter(row -> List.of("-1", "-2", "-3").stream().noneMatch(row.get(0)::equals))
                        .toList());
    }

    private static void checkChanges(
            Statement statement, List<SinkFiles.SinkFile> files, String followed, long last, long seed)
            throws Exception {
        List<String> changes = new ArrayList<>();
        for (List<String> row : SinkFiles.rows(files.subList(1, files.size()))) {
            if (Long.parseLong(row.get(0)) <= last) {
                changes.add(String.join("|", row));
            }
        }
        long after = files.get(0).last();
        assertThat(changes).as("seed " + seed + ", " + followed).isNotEmpty();
        assertThat(changes)
                .as("seed " + seed + ", " + followed)
                .isEqualTo(Rows.of(
                        statement,
                        "SUBSCRIBE " + followed + " SINCE AFTER POSITION " + after + " UP TO POSITION " + last));
    }

    private static void killWhileAllWrite(ServerProcess server, Random random, boolean isFirst) throws Exception {
        CountDownLatch written = new CountDownLatch(60);
        long writerSeed = random.nextLong();
        Thread writer = new Thread(() -> AccountsLoad.write(server.url(), writerSeed, ", 'w'", written));
        writer.start();
        assertThat(written.await(180, TimeUnit.SECONDS)).isTrue();
        if (isFirst) {
            try (Connection connection = DriverManager.getConnection(server.url());
                    Statement statement = connection.createStatement()) {
                sink(statement, "owners", ", envelope = 'true'", "SELECT * FROM per_owner");
                sink(
                        statement,
                        "rich",
                        ", envelope = 'true'",
                        "SELECT owner, balance FROM accounts WHERE balance > 100");
            }
        }
        new CountDownLatch(1).await(random.nextInt(600), TimeUnit.MILLISECONDS);
        server.kill();
        writer.join();
    }
}
